/** Every broker that tests can start here, one row each. */
import { startAedes, whyNoAedes } from './aedes.mjs';
import { startMosquitto, whyNoBroker } from '../../../tools/mosquitto.mjs';
import { startNats, whyNoNats } from './nats.mjs';
import { startRabbitmq, whyNoRabbitmq } from './rabbitmq.mjs';

/** Lines of an access control file. @param {NonNullable<import('./broker.mjs').AnyBrokerOptions['users']>} users */
const aclOf = (users) =>
  Object.entries(users)
    .flatMap(([name, { publish, subscribe }]) => [
      `user ${name}`,
      ...publish.map((filter) => `topic write ${filter}`),
      ...subscribe.map((filter) => `topic read ${filter}`),
    ])
    .join('\n');

/** @type {import('./index.mjs').BrokerRows} */
export const brokers = {
  mosquitto: {
    missing: whyNoBroker(),
    start: async ({ users, persistence = true } = {}) => ({
      kind: 'mosquitto',
      ...(await startMosquitto({
        persistence,
        ...(users
          ? {
              users: Object.fromEntries(Object.entries(users).map(([name, { password }]) => [name, password])),
              acl: `${aclOf(users)}\n`,
            }
          : {}),
      })),
    }),
  },
  rabbitmq: { missing: whyNoRabbitmq(), start: startRabbitmq },
  nats: { missing: whyNoNats(), start: startNats },
  aedes: { missing: whyNoAedes(), start: startAedes },
};
