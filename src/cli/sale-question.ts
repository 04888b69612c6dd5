/**
 * Asks the bridge of a reader whether a sale runs there. Readers without a bridge do not know the question, and a user who may not
 * ask gets no answer: what a sale has the reader say, and its refusals, tell the rest.
 */
import type { BrokerLogin } from '../bridge/broker-end.js';
import { checkBroker } from '../transports/mqtt.js';
import type { MqttClient } from '../transports/mqtt-library.js';
import { openMqtt } from '../transports/mqtt-opening.js';
import { PRESENCE_WORDS, presenceTopics } from '../transports/mqtt-topics.js';
import { randomBytes } from 'node:crypto';

/** Milliseconds for the broker to let us in. */
const OPENING_PATIENCE = 10_000;
/** Milliseconds for a bridge to answer. */
const PATIENCE = 1_500;

export type SaleAnswer = 'selling' | 'not-selling' | 'no-answer';

/** @throws {TransportError} where the broker cannot be reached */
export async function saleQuestion(login: BrokerLogin, path: string, signal?: AbortSignal): Promise<SaleAnswer> {
  const { url, allowInsecure = false, username, password, ca } = login;
  const { client } = await openMqtt(
    checkBroker(url, allowInsecure),
    {
      clientId: `magtek${randomBytes(8).toString('hex')}`,
      ...(username === undefined ? {} : { credentials: { username, password: password ?? '' } }),
      ca,
      keepAlive: 60,
      patience: OPENING_PATIENCE,
      prepare: () => undefined,
    },
    signal,
  );
  try {
    return await ask(client, presenceTopics(path).own);
  } finally {
    client.end(true);
  }
}

function ask(client: MqttClient, topic: string): Promise<SaleAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('no-answer'), PATIENCE);
    const done = (answer: SaleAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    // It is not allowed to ask.
    client.on('close', () => done('no-answer'));
    client.on('message', (_, payload) => {
      const [word, , state] = new TextDecoder().decode(payload).split(' ');
      if (word === PRESENCE_WORDS.here) done(state === PRESENCE_WORDS.selling ? 'selling' : 'not-selling');
    });
    client.subscribe(topic, { qos: 0 }, () => {
      client.publish(topic, PRESENCE_WORDS.who, { qos: 0 }, () => undefined);
    });
  });
}
