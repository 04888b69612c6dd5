#!/usr/bin/env bash
# MQTT 5 has a message expiry interval: a command that nobody could take in time is not to be carried out late. mosquitto keeps to it: for
# a subscriber that is away, the message is gone after that time, and one that waited arrives with what is left of the interval. One would
# expect the same of MQTT.js 5.16.0 for what waits in the client, without a connection (`queueQoSZero` is on by default) or for PUBACK. But
# nothing there counts: a message of two seconds that waited five is sent with two seconds, a broker takes it for fresh, the reader
# starts a sale that the cashier has given up, and the promise resolves. So it is with QoS 0, with QoS 1, and with what is sent again
# after a loss. The README explains the interval and the queue, not that they do not know each other.
# What helps: publish only while `connected`, `queueQoSZero: false`, and a time in the command itself.
# Needs mosquitto: MOSQUITTO, or that on PATH. Exits with 1 where this is not so any more.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/usr/local/sbin"
program=${MOSQUITTO:-mosquitto}
command -v "$program" >/dev/null || { echo 'mosquitto is not here: nothing was seen'; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund mqtt@5.16.0 mqtt-packet@9.0.2 >/dev/null
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import packets from 'mqtt-packet';

const spare = createServer().listen(0, '127.0.0.1');
await once(spare, 'listening');
const { port } = spare.address();
spare.close();
await once(spare, 'close');
writeFileSync('broker.conf', `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
const broker = spawn(process.argv[2], ['-c', 'broker.conf'], { stdio: 'ignore' });
process.on('exit', () => broker.kill());
for (let isOpen = false; !isOpen; ) {
  const socket = connect(port, '127.0.0.1');
  isOpen = await once(socket, 'connect').then(() => true, () => false);
  socket.destroy();
  if (!isOpen) await pause(100);
}

/** The way of one client to the broker, that can be cut for a while; `without` swallows what the broker says of that kind. */
async function network() {
  const sockets = new Set();
  const way = { isCut: false, without: undefined };
  way.cut = () => {
    way.isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (way.isCut) return client.destroy();
    const onward = connect(port, '127.0.0.1');
    const received = packets.parser({ protocolVersion: 5 });
    received.on('packet', (packet) => {
      if (packet.cmd !== way.without) client.write(packets.generate(packet, { protocolVersion: 5 }));
    });
    client.on('data', (chunk) => onward.write(chunk));
    onward.on('data', (chunk) => received.parse(chunk));
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [client, onward].forEach((each) => each.destroy()));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  way.port = server.address().port;
  return way;
}
const options = { protocolVersion: 5, clean: false, reconnectPeriod: 200, properties: { sessionExpiryInterval: 600 } };
async function connectThrough(clientId) {
  const way = await network();
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${way.port}`, { ...options, clientId });
  client.on('error', () => {});
  return { way, client };
}

const { way: readersWay, client: reader } = await connectThrough('reader');
const heard = {};
reader.on('message', (topic, _, { properties }) => {
  (heard[topic] ??= []).push(properties?.messageExpiryInterval);
});
await reader.subscribeAsync('sale/#', { qos: 1 });
const { way: tillsWay, client: till } = await connectThrough('till');
const publish = (topic, qos, seconds) =>
  till.publishAsync(topic, 'start', { qos, properties: { messageExpiryInterval: seconds } }).then(() => 'resolved', () => 'rejected');
const back = async (way, client) => {
  const connected = once(client, 'connect');
  way.isCut = false;
  await connected;
  await pause(1000);
};

// The reader is away for five seconds: what the broker does with its messages.
readersWay.cut();
await pause(500);
const outcomes = {};
for (const seconds of [2, 60]) {
  const topic = `sale/broker, QoS 1, ${seconds} s`;
  outcomes[topic] = await publish(topic, 1, seconds);
}
await pause(5000);
await back(readersWay, reader);

// The till is away for five seconds: what the client does.
tillsWay.without = 'puback';
const unconfirmed = 'sale/client, sent again, 2 s';
const pending = { [unconfirmed]: publish(unconfirmed, 1, 2) };
await pause(500);
tillsWay.without = undefined;
tillsWay.cut();
await pause(500);
for (const [qos, seconds] of [[0, 2], [1, 2], [1, 60]]) {
  const topic = `sale/client, QoS ${qos}, ${seconds} s`;
  pending[topic] = publish(topic, qos, seconds);
}
await pause(5000);
await back(tillsWay, till);
for (const [topic, outcome] of Object.entries(pending)) outcomes[topic] = await outcome;
for (const [topic, outcome] of Object.entries(outcomes))
  console.log(`${topic}: ${outcome}, ${heard[topic] ? `arrived with ${heard[topic].join(' and ')} s left` : 'never arrived'}`);
console.log(`mqtt 5.16.0, Node ${process.versions.node}`);
const isSo =
  Object.values(outcomes).every((outcome) => outcome === 'resolved') &&
  heard['sale/broker, QoS 1, 2 s'] === undefined && heard['sale/broker, QoS 1, 60 s']?.[0] < 58 &&
  // Once when it was sent, and once more when the till was back.
  heard[unconfirmed]?.join() === '2,2' &&
  heard['sale/client, QoS 0, 2 s']?.join() === '2' && heard['sale/client, QoS 1, 2 s']?.join() === '2' &&
  heard['sale/client, QoS 1, 60 s']?.join() === '60';
process.exit(isSo ? 0 : 1);
JS
echo "$("$program" -h | head -1)"
node run.mjs "$program"
