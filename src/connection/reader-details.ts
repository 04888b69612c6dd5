/**
 * The properties that tell the condition of a reader: what it is, its firmware, its battery, its lock. It reads only, and decides
 * nothing about when to ask.
 */
import { getProperty } from '../mms/commands/property.js';
import type { MmsRequest, MmsResponse } from '../mms/message.js';
import { readPropertyAnswers, type PropertyAnswer } from '../mms/views/property.js';
import { MmsError } from '../mms/error.js';
import type { ReaderDetails } from '../transports/broker-options.js';

/** What a reader says of itself. */
export type ReaderCondition = Pick<ReaderDetails, 'serial' | 'firmware' | 'battery' | 'isLocked'>;

/** What stays as it is until the reader is opened again. */
export const LASTING_FACTS = ['2.2.1.1.1.1', '2.1.2.2.2.2'] as const;
/** What may change while it is used. */
export const CHANGING_FACTS = ['2.3.1.2.1.4', '1.2.5.2.1.1'] as const;

type Fact = (typeof LASTING_FACTS)[number] | (typeof CHANGING_FACTS)[number];

const readers: Readonly<Record<Fact, (answer: PropertyAnswer) => ReaderCondition>> = {
  '2.2.1.1.1.1': ({ text }) => ({ serial: text }),
  '2.1.2.2.2.2': ({ text }) => ({ firmware: text }),
  // One byte, in percent [SAMPLE].
  '2.3.1.2.1.4': ({ value: [percent = NaN, ...more] }) =>
    percent <= 100 && more.length === 0 ? { battery: percent } : {},
  // Other values than these two are not published.
  '1.2.5.2.1.1': ({ value: [state, ...more] }) =>
    (state === 0 || state === 1) && more.length === 0 ? { isLocked: state === 1 } : {},
};

/**
 * Asks for one of them.
 * @param ask Sends the request and resolves with the answer, whatever its status.
 * @returns What it says; empty where the reader does not have it, or answers what is not published.
 */
export async function readFact(
  fact: Fact,
  ask: (request: MmsRequest) => Promise<MmsResponse>,
): Promise<ReaderCondition> {
  const response = await ask(getProperty({ oid: fact }));
  try {
    const answer = readPropertyAnswers(response).find(({ oid }) => oid === fact);
    return answer ? readers[fact](answer) : {};
  } catch (error) {
    if (error instanceof MmsError) return {};
    throw error;
  }
}
