#!/usr/bin/env bash
# MQTT.js 5.16.0, a publish with QoS 2 (“exactly once”) and the default options, where the connection is lost just as the client sends
# PUBREL: the broker forgets the message with the clean session. One would expect an error or a new delivery, since both sides must
# forget the session (MQTT 3.1.1, 3.1.2.4). But the client sends its old PUBREL in the new session, the broker confirms that unknown
# number, and the promise resolves: a command counts as delivered that nobody ever gets. With `clean: false` it is delivered. That MQTT.js
# keeps its packets although CONNACK says “no session” is its issue 1651; that it then reports success is nowhere said.
# Needs mosquitto: MOSQUITTO, or that on PATH. Exits with 1 where this is not so any more.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/usr/local/sbin"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
cat >run.mjs <<'JS'
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

const program = process.env.MOSQUITTO ?? 'mosquitto';
const spare = createServer().listen(0, '127.0.0.1');
await once(spare, 'listening');
const { port } = spare.address();
spare.close();
await once(spare, 'close');
writeFileSync('broker.conf', `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
const broker = spawn(program, ['-c', 'broker.conf'], { stdio: 'ignore' });
process.on('exit', () => broker.kill());
broker.on('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
for (let isOpen = false; !isOpen; ) {
  const socket = connect(port, '127.0.0.1');
  isOpen = await once(socket, 'connect').then(() => true, () => false);
  socket.destroy();
  if (!isOpen) await pause(100);
}

/** A network that is lost once, where the client has said PUBREL and the broker has not heard it. */
async function lossyNetwork(trace) {
  let isLost = false;
  const server = createServer((client) => {
    const onward = connect(port, '127.0.0.1');
    const end = () => [client, onward].forEach((socket) => socket.destroy());
    const sent = packets.parser();
    const received = packets.parser();
    sent.on('packet', ({ cmd }) => {
      trace.push(cmd);
      if (cmd !== 'pubrel' || isLost) return;
      isLost = true;
      trace.push('(lost)');
      end();
    });
    received.on('packet', ({ cmd, sessionPresent }) => trace.push(cmd === 'connack' ? `connack (session ${sessionPresent})` : cmd));
    client.on('data', (chunk) => {
      sent.parse(chunk);
      if (!onward.destroyed) onward.write(chunk);
    });
    onward.on('data', (chunk) => {
      received.parse(chunk);
      if (!client.destroyed) client.write(chunk);
    });
    for (const socket of [client, onward]) socket.on('error', end).on('close', end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const reader = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
const heard = [];
reader.on('message', (topic) => heard.push(topic));
await reader.subscribeAsync('#', { qos: 2 });

const seen = {};
for (const [name, options] of Object.entries({ defaults: {}, kept: { clean: false, clientId: 'till' } })) {
  const trace = [];
  const network = await lossyNetwork(trace);
  const till = await mqtt.connectAsync(`mqtt://127.0.0.1:${network.address().port}`, { reconnectPeriod: 100, ...options });
  const publish = till.publishAsync(name, 'start a sale', { qos: 2 });
  const outcome = await Promise.race([publish.then(() => 'resolved', () => 'rejected'), pause(20_000, 'pending')]);
  await pause(2_000);
  seen[name] = `${outcome}, ${heard.includes(name) ? 'delivered' : 'never delivered'}`;
  console.log(`${name}: ${seen[name]}: ${trace.join(', ')}`);
  till.end(true);
  network.close();
}
const version = /version (\S+)/.exec(spawnSync(program, ['-h'], { encoding: 'utf8' }).stdout)?.[1];
console.log(`mqtt 5.16.0, mosquitto ${version}, Node ${process.versions.node}`);
process.exit(seen.defaults === 'resolved, never delivered' && seen.kept === 'resolved, delivered' ? 0 : 1);
JS
node run.mjs
