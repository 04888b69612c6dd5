/**
 * A gateway that moves no money: it decrypts the ARQC of a simulated reader, and decides by rules, so that a shop runs from end to
 * end without an account. It forgets everything with its process.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseHex } from '../../mms/hex.js';
import type { AuthorizeRequest, Gateway, GatewayAnswer, PaymentRequest } from '../gateway.js';
import { amountOfUnits, minorUnits } from '../minor-units.js';
import { decryptArqc } from './decrypt-arqc.js';

/**
 * What a card does. `partial`: half of the amount is approved. `slow`: the answer takes a while. `silent`: it is approved, but no
 * answer comes; an inquiry finds it.
 */
export type TestCardRule = 'approve' | 'decline' | 'partial' | 'slow' | 'silent';

export interface TestGatewayOptions {
  /** Base derivation key in hexadecimal; the one that standards publish is `0123456789ABCDEFFEDCBA9876543210`. */
  readonly bdk: string;
  /** Decimal text: more than this is declined. Default `1000`. */
  readonly limit?: string;
  /** What cards do, by number, besides {@link testCardRules}; all others are approved. */
  readonly cards?: Readonly<Record<string, TestCardRule>>;
  /** Seconds that a slow card takes. Default 5. */
  readonly slow?: number;
}

/** Published test numbers that payment services decline, fail or delay, and what they do here. */
export const testCardRules: Readonly<Record<string, TestCardRule>> = {
  '4000000000000002': 'decline',
  '4000000000009995': 'partial',
  '4000000000000119': 'silent',
  '4000000000000127': 'slow',
};

const APPROVED = '00';
const DECLINED = '05';
const PARTIAL = '10';

/** The length of an answer that never comes: the host's signal ends it. */
const NEVER = 2 ** 31 - 1;

class TestGateway implements Gateway {
  readonly name = 'test';
  readonly void = (request: PaymentRequest): Promise<GatewayAnswer> => this.again(request);
  readonly refund = this.void;
  readonly capture = this.void;
  readonly reverse = this.void;
  private readonly bdk: Uint8Array;
  private readonly rules: ReadonlyMap<string, TestCardRule>;
  private readonly limit: string;
  private readonly slow: number;
  private readonly decisions = new Map<string, GatewayAnswer>();

  constructor({ bdk, limit = '1000', cards = {}, slow = 5 }: TestGatewayOptions) {
    // The text is not repeated in the error: it may be a key that matters.
    if (!/^(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})$/.test(bdk)) {
      throw new RangeError('bdk must be 16, 24 or 32 bytes in hexadecimal.');
    }
    if (!/^[0-9]{1,10}(?:\.[0-9]{1,4})?$/.test(limit)) {
      throw new RangeError(`limit must be decimal digits such as 50, not “${limit}”.`);
    }
    this.bdk = parseHex(bdk);
    this.rules = new Map(Object.entries({ ...testCardRules, ...cards }));
    this.limit = limit;
    this.slow = slow;
  }

  async authorize({ transactionId, amount, currency, arqc, signal }: AuthorizeRequest): Promise<GatewayAnswer> {
    let pan: string;
    try {
      ({ pan } = decryptArqc(this.bdk, arqc));
    } catch (error) {
      return { outcome: 'declined', message: (error as Error).message };
    }
    const rule = this.rules.get(pan) ?? 'approve';
    const answer = this.decide(rule, amount, currency);
    this.decisions.set(transactionId, answer);
    if (rule === 'slow') await wait(this.slow * 1000, undefined, { signal });
    if (rule === 'silent') await wait(NEVER, undefined, { signal });
    return answer;
  }

  inquire({ transactionId }: PaymentRequest): Promise<GatewayAnswer> {
    return Promise.resolve(this.decisions.get(transactionId) ?? { outcome: 'unknown' });
  }

  private decide(rule: TestCardRule, amount: string, currency: string): GatewayAnswer {
    const reference = randomUUID();
    if (minorUnits(amount, currency) > limitUnits(this.limit, currency)) {
      return { outcome: 'declined', message: `Above the limit of ${this.limit}`, responseCode: DECLINED, reference };
    }
    if (rule === 'decline') return { outcome: 'declined', message: 'Declined', responseCode: DECLINED, reference };
    if (rule !== 'partial') {
      return { outcome: 'approved', message: 'Approved', authorizedAmount: amount, responseCode: APPROVED, reference };
    }
    const authorizedAmount = amountOfUnits(minorUnits(amount, currency) / 2n, currency);
    return { outcome: 'approved', message: 'Approved', authorizedAmount, responseCode: PARTIAL, reference };
  }

  private again({ reference }: PaymentRequest): Promise<GatewayAnswer> {
    const isKnown = reference !== undefined;
    return Promise.resolve(
      isKnown ? { outcome: 'approved', message: 'Done' } : { outcome: 'declined', message: 'Not known here' },
    );
  }
}

/** A limit of whole units of any currency: its decimals are those that the currency has. */
function limitUnits(limit: string, currency: string): bigint {
  const [whole = '0', decimals = ''] = limit.split('.');
  const digits = minorUnits('1', currency).toString().length - 1;
  return minorUnits([whole, decimals.slice(0, digits)].filter((part) => part !== '').join('.'), currency);
}

/**
 * A gateway for tests and for shops that are being built.
 *
 * @throws {RangeError} for a key of another length, and a limit that is not an amount.
 */
export function testGateway(options: TestGatewayOptions): Gateway {
  return new TestGateway(options);
}
