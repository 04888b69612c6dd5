/**
 * The broker that the carrier over MQTT goes through: mosquitto, or the one that `npm run test:brokers` names in
 * `MAGTEK_CARRIER_BROKER` when it runs the suites of the client at one broker after the other.
 */
import { brokers, type BrokerKind } from './brokers/index.mjs';

const named = process.env.MAGTEK_CARRIER_BROKER;
if (named !== undefined && !Object.hasOwn(brokers, named)) throw new Error(`there is no broker “${named}”`);

export const carrierBroker = brokers[(named ?? 'mosquitto') as BrokerKind];
