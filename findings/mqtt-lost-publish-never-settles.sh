#!/usr/bin/env bash
# MQTT.js 5.16.0: a publish with QoS 1 whose connection is lost before PUBACK never settles when the client does not reconnect:
# neither callback nor promise, although `close` was emitted. Whoever waits for it waits for ever.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
cat > run.mjs <<'JS'
import { createServer } from 'node:net';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

// A broker that lets clients in, and ends the connection where it would confirm a publish.
const server = createServer((socket) => {
  const parser = packets.parser();
  parser.on('packet', ({ cmd }) => {
    if (cmd === 'connect') socket.write(packets.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
    if (cmd === 'publish') socket.end();
  });
  socket.on('data', (chunk) => parser.parse(chunk));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.address().port}`, { reconnectPeriod: 0 });
let outcome = 'never settled';
let closed = false;
client.on('close', () => (closed = true));
client.publishAsync('topic', 'text', { qos: 1 }).then(
  () => (outcome = 'resolved'),
  () => (outcome = 'rejected'),
);
await new Promise((resolve) => setTimeout(resolve, 3_000));
console.log(`mqtt 5.16.0, Node ${process.versions.node}: close ${closed ? 'was emitted' : 'was not emitted'}, the publish has ${outcome}`);
process.exit(closed && outcome === 'never settled' ? 0 : 1);
JS
node run.mjs
