/** aedes as a process of its own, so that it can be killed. Its settings are JSON in the first argument. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';

/** @type {{ tcp: number, ws: number, users?: import('./broker.mjs').AnyBrokerOptions['users'] }} */
const { tcp, ws, users } = JSON.parse(String(process.argv[2]));

/** @param {readonly string[]} filters @param {string} topic a topic, or a filter that is asked for */
const allows = (filters, topic) =>
  filters.some((filter) => {
    const [wanted, asked] = [filter.split('/'), topic.split('/')];
    return (
      (wanted.at(-1) === '#' || wanted.length === asked.length) &&
      wanted.every((level, at) => level === '#' || level === asked[at] || (level === '+' && asked[at] !== '#'))
    );
  });

/** @type {WeakMap<object, import('./broker.mjs').BrokerUser>} */
const known = new WeakMap();
const broker = await Aedes.createBroker(
  users
    ? {
        authenticate: (client, username, password, done) => {
          const user = users[String(username)];
          const isRight = user?.password === password?.toString();
          if (user && isRight) known.set(client, user);
          done(isRight ? null : Object.assign(new Error('Auth error'), { returnCode: 5 }), isRight);
        },
        authorizeSubscribe: (client, subscription, done) => {
          const isAllowed = client && allows(known.get(client)?.subscribe ?? [], subscription.topic);
          done(null, isAllowed ? subscription : null);
        },
        authorizePublish: (client, packet, done) => {
          const isAllowed = client && allows(known.get(client)?.publish ?? [], packet.topic);
          done(isAllowed ? null : new Error('forbidden'));
        },
      }
    : {},
);
const sockets = createHttpServer();
new WebSocketServer({ server: sockets, handleProtocols: () => 'mqtt' }).on('connection', (socket, request) => {
  broker.handle(createWebSocketStream(socket), request);
});
const server = createServer(broker.handle);
server.listen(tcp, '127.0.0.1');
sockets.listen(ws, '127.0.0.1');
await Promise.all([once(server, 'listening'), once(sockets, 'listening')]);
console.log('ready');
process.on('SIGTERM', () => {
  broker.close(() => process.exit(0));
});
