/**
 * One question to a gateway: with a time limit, and with an answer of which every field was checked. Whatever a gateway throws,
 * and whatever it answers that cannot be read, means `unknown`.
 */
import { toHex } from '../mms/hex.js';
import { isBytes } from '../mms/is-bytes.js';
import { redactText } from '../mms/redact.js';
import type { GatewayAnswer } from './gateway.js';
import { wordsOf } from './host-log.js';
import { canonicalAmount, minorUnits } from './minor-units.js';

const UNKNOWN: GatewayAnswer = { outcome: 'unknown' };

export interface Question {
  readonly currency: string;
  /** What a sale is approved for at most; absent where a gateway is asked for something else. */
  readonly amount?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly ask: (signal: AbortSignal) => Promise<GatewayAnswer>;
  /** Gets what comes after the time was over. */
  readonly late: (answer: GatewayAnswer) => void;
  /** Gets why there is no answer. */
  readonly failed: (why: string) => void;
}

/** The answer, or `unknown` once the time is over. Never rejects. */
export async function askGateway({ currency, amount, timeout, ask, late, failed }: Question): Promise<GatewayAnswer> {
  const stop = new AbortController();
  let isOver = false;
  // In a promise: a gateway that throws at once is treated like one that rejects.
  const answered = Promise.resolve()
    .then(() => ask(stop.signal))
    .then(
      (answer) => {
        const clean = cleanAnswer(answer, currency);
        if (amount === undefined || isPart(clean, amount, currency)) return clean;
        const { authorizedAmount, ...rest } = clean;
        failed(`it approved ${String(authorizedAmount)} of ${amount} ${currency}: look it up`);
        return { ...rest, outcome: 'unknown' as const };
      },
      (error: unknown) => {
        if (!isOver) failed(wordsOf(error));
        return UNKNOWN;
      },
    );
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<GatewayAnswer>((resolve) => {
    timer = setTimeout(() => {
      isOver = true;
      failed(`no answer in ${String(timeout)} s`);
      resolve(UNKNOWN);
      stop.abort(new DOMException('The gateway did not answer in time.', 'TimeoutError'));
    }, timeout * 1000);
  });
  void answered.then((answer) => {
    if (isOver && answer.outcome !== 'unknown') late(answer);
  });
  try {
    return await Promise.race([answered, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Characters of the longest message, and of the longest reference: a token has about 760. */
const LONGEST_MESSAGE = 500;
const LONGEST_REFERENCE = 20_000;

/**
 * What is safe to store and to pass on. An approval for an amount that cannot be read is `unknown`; other fields that are not
 * what they should be are left out.
 */
function cleanAnswer(answer: unknown, currency: string): GatewayAnswer {
  const { outcome, message, authorizedAmount, responseCode, issuerData, reference } = Object(answer) as Record<
    string,
    unknown
  >;
  if (outcome !== 'approved' && outcome !== 'declined' && outcome !== 'unknown') return UNKNOWN;
  const amount = amountOrNot(authorizedAmount, currency);
  if (amount === null && outcome === 'approved') return UNKNOWN;
  return {
    outcome,
    ...(typeof message === 'string' && message !== '' ? { message: cleanText(message) } : {}),
    ...(amount === undefined || amount === null ? {} : { authorizedAmount: amount }),
    ...(typeof responseCode === 'string' && /^[\x20-\x7e]{2}$/.test(responseCode) ? { responseCode } : {}),
    ...issuerDataOf(issuerData),
    ...(typeof reference === 'string' && reference !== '' && reference.length <= LONGEST_REFERENCE
      ? { reference: reference.replaceAll('\0', '') }
      : {}),
  };
}

/** Whether an approval is for the amount or a part of it: none is for nothing, nor for more than was asked. */
function isPart({ outcome, authorizedAmount }: GatewayAnswer, amount: string, currency: string): boolean {
  if (outcome !== 'approved' || authorizedAmount === undefined) return true;
  const [part, whole] = [minorUnits(authorizedAmount, currency), minorUnits(amount, currency)];
  return part === whole || (part > 0n && part < whole);
}

/** Undefined where none was given, null where it cannot be read. */
function amountOrNot(value: unknown, currency: string): string | null | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return canonicalAmount(value as string, currency);
  } catch {
    return null;
  }
}

function issuerDataOf(value: unknown): { readonly issuerData?: string } {
  if (isBytes(value)) return { issuerData: toHex(value) };
  if (typeof value !== 'string' || !/^(?:[0-9A-Fa-f]{2})+$/.test(value)) return {};
  return { issuerData: value.toUpperCase() };
}

/** A message of a stranger: one line, without card numbers. */
const cleanText = (text: string): string =>
  redactText(text.slice(0, LONGEST_MESSAGE)).replace(/[\p{Cc}\p{Cs}]+/gu, ' ');
