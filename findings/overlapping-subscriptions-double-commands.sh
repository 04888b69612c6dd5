#!/usr/bin/env bash
# A client subscribes to its own topic and to one for all (readers/1/command and readers/+/command): what does one publish bring? MQTT 3.1.1
# (3.3.5) has the message delivered with the highest QoS of the subscriptions that match, and allows further copies. One would expect one
# answer of one broker. mosquitto 2.0 delivers once to a client of MQTT 3.1.1, twice to the same client with MQTT 5: who changes
# `protocolVersion` from 4 to 5 in MQTT.js, and nothing else, starts each sale twice. Its manual says that two copies are the default
# (allow_duplicate_messages), without a word of versions. NATS 2.9 delivers twice as well, also with MQTT 3.1.1. Where it is once, the QoS
# is not the highest: mosquitto takes that of the more exact filter, aedes 1.2.0 has an order of its own, so a command of QoS 1 can come
# with QoS 0, which nobody sends again when it is lost. What helps: no filters that overlap, one QoS, a number in each command.
# Needs mosquitto and nats-server (Debian's are found; else MOSQUITTO, NATS). Exits with 1 where this is not so any more.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/usr/local/sbin"
for program in "${MOSQUITTO:=mosquitto}" "${NATS:=nats-server}"; do
  command -v "$program" >/dev/null || { echo "$program is not here: nothing was seen"; exit 1; }
done
export MOSQUITTO NATS
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund mqtt@5.16.0 aedes@1.2.0 >/dev/null
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect as open, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';

const children = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
const run = (program, configuration, text) => {
  writeFileSync(configuration, text);
  children.push(spawn(program, ['-c', configuration], { stdio: 'ignore' }));
};
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
async function listening(port) {
  for (let tries = 0; tries < 100; tries++) {
    const socket = open(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(() => true, () => false);
    socket.destroy();
    if (isOpen) return;
    await pause(200);
  }
  throw new Error('the broker did not start');
}
const [mosquitto, nats, aedes, natsOwn] = [await freePort(), await freePort(), await freePort(), await freePort()];
run(process.env.MOSQUITTO, 'mosquitto.conf', `listener ${mosquitto} 127.0.0.1\nallow_anonymous true\n`);
const mqttOfNats = `mqtt { listen: "127.0.0.1:${nats}" }`;
run(process.env.NATS, 'nats.conf', `server_name: a\nlisten: "127.0.0.1:${natsOwn}"\njetstream { store_dir: nats }\n${mqttOfNats}\n`);
createServer((await Aedes.createBroker()).handle).listen(aedes, '127.0.0.1');

const own = 'readers/1/command';
const all = 'readers/+/command';
const cases = { 'own 1, all 1': [1, 1], 'own 0, all 1': [0, 1], 'own 1, all 0': [1, 0] };
const brokers = {
  'mosquitto, MQTT 3.1.1': [mosquitto, 4],
  'mosquitto, MQTT 5': [mosquitto, 5],
  'NATS, MQTT 3.1.1': [nats, 4],
  'aedes, MQTT 3.1.1': [aedes, 4],
};
const seen = {};
for (const [name, [port, protocolVersion]] of Object.entries(brokers)) {
  await listening(port);
  seen[name] = {};
  const till = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion, reconnectPeriod: 0 });
  for (const [which, [ownQos, allQos]] of Object.entries(cases)) {
    const reader = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion, reconnectPeriod: 0 });
    const copies = [];
    reader.on('message', (_topic, _payload, { qos }) => copies.push(`QoS ${qos}`));
    await reader.subscribeAsync(own, { qos: ownQos });
    await reader.subscribeAsync(all, { qos: allQos });
    await till.publishAsync(own, 'start a sale', { qos: 1 });
    await pause(400);
    seen[name][which] = copies.sort().join(', ');
    await reader.endAsync(true);
  }
  await till.endAsync(true);
  console.log(`${name}: ${JSON.stringify(seen[name])}`);
}
const twice = { 'own 1, all 1': 'QoS 1, QoS 1', 'own 0, all 1': 'QoS 0, QoS 1', 'own 1, all 0': 'QoS 0, QoS 1' };
const single = { 'own 1, all 1': 'QoS 1', 'own 0, all 1': 'QoS 0', 'own 1, all 0': 'QoS 1' };
const expected = { 'mosquitto, MQTT 3.1.1': single, 'mosquitto, MQTT 5': twice, 'NATS, MQTT 3.1.1': twice, 'aedes, MQTT 3.1.1': single };
process.exit(isDeepStrictEqual(seen, expected) ? 0 : 1);
JS
echo "$("$MOSQUITTO" -h | head -1), $("$NATS" -v), aedes 1.2.0, mqtt 5.16.0"
node run.mjs
