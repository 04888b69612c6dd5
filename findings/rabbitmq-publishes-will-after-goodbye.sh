#!/usr/bin/env bash
# A page that closes its reader says so (“closed”, retained), sends DISCONNECT and closes the WebSocket. With DISCONNECT the broker must
# throw the will away and not publish it (MQTT 3.1.1, 3.14.4). mosquitto does so, over TCP and over WebSocket, and RabbitMQ 3.10 over TCP.
# RabbitMQ 3.10 over WebSocket publishes the will each time, after the page's last word and over it: who comes later reads “lost” of each
# reader that was closed in good order, and somebody is sent to look. It is not among the limitations that the documentation of its MQTT
# plugins lists. What helps: TCP; or a will to a topic of its own, without “retain”, that is believed only where no “closed” came.
# Needs mosquitto and rabbitmq-server (Debian's are found; else MOSQUITTO, RABBITMQ, the last without a wrapper that changes the user).
# Exits with 1 where this is not so any more.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/usr/local/sbin"
for program in "${MOSQUITTO:=mosquitto}" "${RABBITMQ:=/usr/lib/rabbitmq/bin/rabbitmq-server}"; do
  command -v "$program" >/dev/null || { echo "$program is not here: nothing was seen"; exit 1; }
done
export MOSQUITTO RABBITMQ
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect as open, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import mqtt from 'mqtt';

const children = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
const run = (program, parameters, environment = {}) =>
  children.push(spawn(program, parameters, { stdio: 'ignore', env: { ...process.env, ...environment } }));
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
async function listening(port) {
  for (let tries = 0; tries < 300; tries++) {
    const socket = open(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(() => true, () => false);
    socket.destroy();
    if (isOpen) return;
    await pause(200);
  }
  throw new Error('the broker did not start');
}
const ports = [];
for (let count = 0; count < 6; count++) ports.push(await freePort());
const [mosquitto, mosquittoWeb, rabbit, rabbitWeb, names, distribution] = ports;
writeFileSync(
  'mosquitto.conf',
  `allow_anonymous true\nlistener ${mosquitto} 127.0.0.1\nlistener ${mosquittoWeb} 127.0.0.1\nprotocol websockets\n`,
);
run(process.env.MOSQUITTO, ['-c', 'mosquitto.conf']);
// A node with names, ports and folders of its own, so that no other RabbitMQ of this computer is touched.
const here = process.cwd();
mkdirSync('home');
writeFileSync('plugins', '[rabbitmq_mqtt,rabbitmq_web_mqtt].\n');
writeFileSync(
  'rabbitmq.conf',
  `listeners.tcp = none
mqtt.listeners.tcp.1 = 127.0.0.1:${rabbit}
web_mqtt.tcp.ip = 127.0.0.1
web_mqtt.tcp.port = ${rabbitWeb}
log.file = false
`,
);
run(process.env.EPMD ?? 'epmd', ['-debug', '-port', String(names), '-address', '127.0.0.1']);
run(process.env.RABBITMQ, [], {
  HOME: `${here}/home`,
  ERL_EPMD_PORT: String(names),
  ERL_EPMD_ADDRESS: '127.0.0.1',
  RABBITMQ_NODENAME: `finding-${names}@localhost`,
  RABBITMQ_DIST_PORT: String(distribution),
  RABBITMQ_CONFIG_FILE: `${here}/rabbitmq.conf`,
  RABBITMQ_CONF_ENV_FILE: `${here}/none`,
  RABBITMQ_ENABLED_PLUGINS_FILE: `${here}/plugins`,
  RABBITMQ_MNESIA_BASE: `${here}/data`,
  RABBITMQ_LOG_BASE: `${here}/logs`,
  // Its start script then becomes the server, so that what ends the process ends the server.
  RUNNING_UNDER_SYSTEMD: 'true',
});

const seen = {};
const brokers = {
  'mosquitto, TCP': [mosquitto, 'mqtt://127.0.0.1:', ''],
  'mosquitto, WebSocket': [mosquittoWeb, 'ws://127.0.0.1:', '/'],
  'RabbitMQ, TCP': [rabbit, 'mqtt://127.0.0.1:', ''],
  'RabbitMQ, WebSocket': [rabbitWeb, 'ws://127.0.0.1:', '/ws'],
};
const topics = Array.from({ length: 10 }, (_, index) => `readers/${index}`);
for (const [name, [port, before, behind]] of Object.entries(brokers)) {
  await listening(port);
  const connect = (options) => mqtt.connectAsync(`${before}${port}${behind}`, { reconnectPeriod: 0, ...options });
  for (const topic of topics) {
    const will = { topic, payload: 'lost', retain: true, qos: 1 };
    const page = await connect({ clientId: topic.replace('/', ''), will });
    const sent = [];
    page.on('packetsend', ({ cmd }) => sent.push(cmd));
    await page.publishAsync(topic, 'closed', { retain: true, qos: 1 });
    await page.endAsync();
    if (sent.at(-1) !== 'disconnect') throw new Error('the page left without a word');
  }
  await pause(1_000);
  const newcomer = await connect();
  const retained = {};
  newcomer.on('message', (topic, text) => (retained[topic] = String(text)));
  await newcomer.subscribeAsync(topics, { qos: 1 });
  await pause(1_000);
  const count = (word) => topics.filter((topic) => retained[topic] === word).length;
  seen[name] = { closed: count('closed'), lost: count('lost') };
  console.log(`${name}: of ${topics.length} readers that were closed, a newcomer reads ${JSON.stringify(seen[name])}`);
  await newcomer.endAsync(true);
}
const right = { closed: topics.length, lost: 0 };
const expected = {
  'mosquitto, TCP': right,
  'mosquitto, WebSocket': right,
  'RabbitMQ, TCP': right,
  'RabbitMQ, WebSocket': { closed: 0, lost: topics.length },
};
process.exit(isDeepStrictEqual(seen, expected) ? 0 : 1);
JS
rabbit=$(dpkg-query -W -f '${Version}' rabbitmq-server 2>/dev/null || echo 'of an unknown version')
echo "$("$MOSQUITTO" -h | head -1), rabbitmq-server $rabbit, mqtt 5.16.0"
node run.mjs
