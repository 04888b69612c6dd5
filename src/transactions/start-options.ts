/**
 * The options of a sale, checked before anything is sent.
 */
import { currencyByAlpha, type Currency } from '../mms/emv/currency.js';
import { commands } from '../mms/commands/index.js';
import { MmsError } from '../mms/error.js';
import type { MmsRequest } from '../mms/message.js';
import { redactText } from '../mms/redact.js';
import { ReaderError } from '../connection/reader-error.js';
import { isTimeLimit } from '../connection/time-limit.js';
import { plainAmounts } from './amounts.js';
import type { OutcomeCodes } from './outcome.js';
import type { Terms } from './state.js';
import type { Authorize, Flow, Reverse } from './contract.js';

type BuilderOptions = Parameters<typeof commands.startTransaction>[0];

export interface StartTransactionOptions {
  /** Decimal text with at most as many decimals as the currency has, for example `4.60`. Never a float. */
  readonly amount: string;
  /** ISO 4217 code, for example `EUR`. */
  readonly currency: string;
  /** Default `purchase`. */
  readonly type?: NonNullable<BuilderOptions['type']>;
  /**
   * How the reader is set. In `full-emv` it waits for the host's answer and gets it by command 1004; the outcome then needs both host
   * and card. Nothing is changed at the reader. Default `quick-chip`.
   */
  readonly flow?: Flow;
  /** How a card may be presented. Default `insert tap swipe`. */
  readonly accept?: NonNullable<BuilderOptions['accept']>;
  /** Seconds that the reader waits for a card, 1 to 255. Default 60. */
  readonly timeout?: number;
  /**
   * Names this sale for ever: it is started once in a page, whatever happens. Default: a new unique text. 1 to 255 characters
   * of ASCII that can be seen, with spaces between them: it is the value of a header too, where others cannot be sent. A card
   * number in it is refused.
   */
  readonly transactionId?: string;
  /** Asks the host for this sale; default that of the client. */
  readonly authorize?: Authorize;
  /** Takes the money back where the host approved and the card refused; default that of the client. Full EMV only. */
  readonly reverse?: Reverse;
  /** Seconds that the host may take; after that the outcome is `unknown`. `Infinity` for no limit. Default 60. */
  readonly authorizeTimeout?: number;
  /** Outcomes by detail code of notification 0105, for who has the manual of the reader. */
  readonly outcomeCodes?: OutcomeCodes;
  /** Shows APPROVED or DECLINED on the reader for five seconds when the host has decided. Default false. */
  readonly showOutcome?: boolean;
  /** The host is asked also where the reader sent card data in clear. Default false: then it gets nothing. */
  readonly allowClearData?: boolean;
}

/** @see {@link Flow} */
export const flows: readonly Flow[] = ['quick-chip', 'full-emv'];

const DEFAULT_TIMEOUT = 60;
const DEFAULT_AUTHORIZE_TIMEOUT = 60;

/** The command for a sale.
 * @throws {ReaderError} `bad-amount`, or `bad-option` that names the option.
 */
export function startRequest(options: StartTransactionOptions): MmsRequest {
  const { amount, currency, type = 'purchase', accept = 'insert tap swipe', timeout = DEFAULT_TIMEOUT } = options;
  return build({ amount, currency, type, accept, timeout });
}

/**
 * What is agreed for a sale whose command could be built.
 * @throws {ReaderError} `bad-option`.
 */
export function termsOf(options: StartTransactionOptions, transactionId: string, dateTime: string): Terms {
  const {
    amount,
    currency,
    type = 'purchase',
    flow = 'quick-chip',
    timeout = DEFAULT_TIMEOUT,
    authorizeTimeout = DEFAULT_AUTHORIZE_TIMEOUT,
  } = options;
  if (authorizeTimeout !== Infinity && !isTimeLimit(authorizeTimeout))
    throw badOption(
      'authorizeTimeout',
      'authorizeTimeout must be a number of seconds above 0, or Infinity for no limit.',
    );
  if (!flows.includes(flow)) throw badOption('flow', `flow must be one of ${flows.join(', ')}.`);
  if (!TRANSACTION_ID.test(transactionId))
    throw badOption(
      'transactionId',
      'transactionId must be 1 to 255 visible ASCII characters, with spaces only between them.',
    );
  if (transactionId.match(CARD_LIKE)?.some((digits) => redactText(digits) !== digits))
    throw badOption(
      'transactionId',
      'transactionId must not contain a card number: it is shown, stored and sent in clear.',
    );
  return {
    transactionId,
    type,
    dateTime,
    flow,
    amount,
    currency,
    amounts: plainAmounts(amount, currencyOf(currency)),
    timeout: timeout * 1000,
    authorizeTimeout: authorizeTimeout * 1000,
    outcomeCodes: options.outcomeCodes ?? {},
  };
}

/** The currency of a sale whose command could be built. */
const currencyOf = (alpha: string): Currency => currencyByAlpha(alpha) as Currency;

/** What every part on the way to a host passes on unchanged: the value of a header (RFC 9110 section 5.5). */
const TRANSACTION_ID = /^[!-~](?:[ -~]{0,253}[!-~])?$/;

/** Digits that stand apart as those of a card do: never within the hexadecimal digits of a UUID. */
const CARD_LIKE = /(?<![0-9A-Za-z])(?:\d{12,19}|\d{4}(?:[ ./-]\d{4}){3}|\d{4}[ ./-]\d{6}[ ./-]\d{5})(?![0-9A-Za-z])/g;

export const badOption = (name: string, detail: string): ReaderError =>
  new ReaderError('bad-option', { detail, because: { code: 'option', values: { name } } });

/** The command, or an error that names the option. */
function build(options: BuilderOptions): MmsRequest {
  try {
    return commands.startTransaction(options);
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    const code = /^(amount|currency)\b/.test(cause.message) ? 'bad-amount' : 'bad-option';
    // The builder names the option first.
    const [name = ''] = cause.message.split(' ');
    throw new ReaderError(code, { detail: cause.message, because: { code: 'option', values: { name } }, cause });
  }
}
