/**
 * The options of a sale, checked before anything is sent.
 */
import { currencyByAlpha, type Currency } from '../mms/emv/currency.js';
import { startTransaction } from '../mms/commands/start-transaction.js';
import { MmsError } from '../mms/error.js';
import type { MmsRequest } from '../mms/message.js';
import { redactText } from '../mms/redact.js';
import { badOption } from '../connection/bad-option.js';
import { present } from '../connection/present.js';
import { ReaderError } from '../connection/reader-error.js';
import { isTimeLimit } from '../connection/time-limit.js';
import { amountOfUnits, unitsOf } from '../mms/emv/amount.js';
import { amountsOf, type SentAmounts } from './amounts.js';
import { readTipOptions } from './tip-options.js';
import type { OutcomeCodes } from './outcome.js';
import type { Terms } from './state.js';
import type { Authorize, FallbackMode, Flow, Reverse } from './contract.js';

type BuilderOptions = Parameters<typeof startTransaction>[0];

export interface StartTransactionOptions {
  /**
   * Decimal text with at most as many decimals as the currency has, for example `4.60`. Never a float. Cashback is a part of it; tip,
   * tax and surcharge are added to it. Zero in a `refund` only.
   */
  readonly amount: string;
  /** ISO 4217 code, for example `EUR`. */
  readonly currency: string;
  /** Default `purchase`. */
  readonly type?: NonNullable<BuilderOptions['type']>;
  /** Cashback (9F03): the part of `amount` that is paid out in cash. Makes the type `cashback` where none is given. */
  readonly otherAmount?: string;
  /** A tip that is known before the card is read. */
  readonly tip?: string;
  /** Decimal text that is added to `amount`. With `tipOptions` the reader shows it and adds it. */
  readonly tax?: string;
  /** Decimal text that is added to `amount`, for example for the way of payment. */
  readonly surcharge?: string;
  /**
   * Tips among which the cardholder chooses at the reader: six shares of the amount (`5% 10% 15% 18% 20% 25%`) or six amounts, as a
   * list or as text. Shares need an amount without cashback and surcharge. What was chosen is in `amounts` of the result, and the host
   * is asked for the total. The reader shows the tax with them and adds it.
   */
  readonly tipOptions?: string | readonly string[];
  /**
   * Two bytes of command 1001, for who has the manual of the reader: one of them selects Quick Chip or full EMV. Default 0003, and
   * B10B with `tipOptions`, as in published messages.
   */
  readonly transactionOptions?: number;
  /**
   * How the reader is set. In `full-emv` it waits for the host's answer and gets it by command 1004; the outcome then needs both host
   * and card. Nothing is changed at the reader. Default `quick-chip`.
   */
  readonly flow?: Flow;
  /**
   * `host`: where the reader does not fall back by itself (property 1.2.1.1.1.1 is off), this page does. A swiped chip card is never
   * given to the host: the chip is asked for, in another attempt of the same sale. A chip that cannot be read is tried three times in
   * all, then the stripe alone is taken, and the host is asked with `fallback`. Only where `accept` has `insert`. Default `off`.
   */
  readonly fallback?: FallbackMode;
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
  /**
   * Which earlier sale a `refund` gives back, as the host knows it: for the payment host of this package its `transactionId`. The host
   * gets it with the card data. Characters as in `transactionId`.
   */
  readonly originalReference?: string;
  /** Asks the host for this sale; default that of the client. */
  readonly authorize?: Authorize;
  /**
   * Takes the money back where the host approved and the card refused; default that of the client. Full EMV only. With neither a hook
   * nor a listener of `reversal-needed`, nobody gives the money back.
   */
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

/** Options that are one of some names: the default first. */
export const choices = {
  flow: ['quick-chip', 'full-emv'] satisfies readonly Flow[],
  fallback: ['off', 'host'] satisfies readonly FallbackMode[],
} as const;

/** Ways to present a card where none are named. */
export const DEFAULT_ACCEPT = 'insert tap swipe';
const DEFAULT_TIMEOUT = 60;
const DEFAULT_AUTHORIZE_TIMEOUT = 60;

const currencyNamed = ({ currency = '' }: { readonly currency?: string }): string => currency;

/** The command for a sale.
 * @throws {ReaderError} `bad-amount`, or `bad-option` that names the option.
 */
export function startRequest(options: StartTransactionOptions): MmsRequest {
  // A page without types may leave the currency out; the reader would then take its own.
  const currency = currencyNamed(options);
  const { accept = DEFAULT_ACCEPT, timeout = DEFAULT_TIMEOUT, otherAmount, tipOptions } = options;
  return build(() => {
    const known = currencyByAlpha(currency);
    // What is wrong with the currency, or else with the amount, is said by the builder.
    const sent = known && sentAmounts(options, known);
    const transactionOptions = options.transactionOptions ?? (tipOptions === undefined ? undefined : TIP_OPTIONS);
    return startTransaction({
      amount: sent?.amount ?? options.amount,
      currency,
      type: typeOf(options),
      accept,
      timeout,
      ...present({ otherAmount, transactionOptions }),
      // As in the known messages with tips.
      ...(known && sent && tipOptions !== undefined
        ? { tip: readTipOptions(tipOptions, known), tax: sent.tax, merchantCategory: '0000' }
        : {}),
    });
  });
}

/** Transaction options of the known messages that ask for a tip [PJ]. */
const TIP_OPTIONS = 0xb10b;

/** Types of which a part may be cash. */
const withCash: ReadonlySet<unknown> = new Set(['purchase', 'cashback']);

function typeOf({ type, otherAmount }: StartTransactionOptions): NonNullable<StartTransactionOptions['type']> {
  const hasCash = otherAmount !== undefined && /[1-9]/.test(otherAmount);
  if (hasCash && type !== undefined && !withCash.has(type))
    throw new MmsError('bad-value', 0, 'otherAmount must be 0 in a sale of this type');
  return type ?? (hasCash ? 'cashback' : 'purchase');
}

/** What the reader is started with: the amount without what it adds itself, and the tax that it adds. */
function sentAmounts(options: StartTransactionOptions, currency: Currency): SentAmounts {
  const { tipOptions, tip } = options;
  const amounts = amountsOf(options, currency);
  if (tipOptions === undefined) return { amount: plainOr(options, amounts.total), tax: '0', asksTip: false };
  if (tip !== undefined) throw new MmsError('bad-value', 0, 'tipOptions cannot go with a tip that is known');
  const { mode } = readTipOptions(tipOptions, currency);
  const isPlain = unitsOf(amounts.cashback, currency) + unitsOf(amounts.surcharge, currency) === 0n;
  if (mode === 'percent' && !isPlain)
    throw new MmsError(
      'bad-value',
      0,
      'tipOptions must be amounts where there is cashback or a surcharge: shares are of all of it',
    );
  const tax = unitsOf(amounts.tax, currency);
  return { amount: amountOfUnits(unitsOf(amounts.total, currency) - tax, currency), tax: amounts.tax, asksTip: true };
}

/** An amount to which nothing is added stays as it was written. */
const plainOr = ({ amount, tip, tax, surcharge }: StartTransactionOptions, total: string): string =>
  tip === undefined && tax === undefined && surcharge === undefined ? amount : total;

/**
 * What is agreed for a sale whose command could be built.
 * @throws {ReaderError} `bad-option`.
 */
export function termsOf(options: StartTransactionOptions, transactionId: string, dateTime: string): Terms {
  const {
    currency,
    flow = 'quick-chip',
    fallback = 'off',
    timeout = DEFAULT_TIMEOUT,
    authorizeTimeout = DEFAULT_AUTHORIZE_TIMEOUT,
  } = options;
  const known = currencyOf(currency);
  const amounts = amountsOf(options, known);
  if (authorizeTimeout !== Infinity && !isTimeLimit(authorizeTimeout))
    throw badOption(
      'authorizeTimeout',
      'authorizeTimeout must be a number of seconds above 0, or Infinity for no limit.',
    );
  for (const [name, value] of Object.entries({ flow, fallback }) as [keyof typeof choices, string][])
    if (!(choices[name] as readonly string[]).includes(value))
      throw badOption(name, `${name} must be one of ${choices[name].join(', ')}.`);
  checkId('transactionId', transactionId);
  const type = typeOf(options);
  const { originalReference } = options;
  if (originalReference !== undefined) {
    if (type !== 'refund') throw badOption('originalReference', 'originalReference goes with the type refund only.');
    checkId('originalReference', originalReference);
  }
  return {
    transactionId,
    type,
    ...present({ originalReference }),
    dateTime,
    flow,
    amount: plainOr(options, amounts.total),
    currency,
    amounts,
    sent: sentAmounts(options, known),
    timeout: timeout * 1000,
    authorizeTimeout: authorizeTimeout * 1000,
    outcomeCodes: options.outcomeCodes ?? {},
  };
}

/** @throws {ReaderError} `bad-option` for an id that does not arrive at a host as it is, or shows a card number. */
function checkId(name: 'transactionId' | 'originalReference', id: string): void {
  if (typeof id !== 'string' || !TRANSACTION_ID.test(id))
    throw badOption(name, `${name} must be 1 to 255 visible ASCII characters, with spaces only between them.`);
  if (id.match(CARD_LIKE)?.some((digits) => redactText(digits) !== digits))
    throw badOption(name, `${name} must not contain a card number: it is shown, stored and sent in clear.`);
}

/** The currency of a sale whose command could be built. */
const currencyOf = (alpha: string): Currency => currencyByAlpha(alpha) as Currency;

/** What every part on the way to a host passes on unchanged: the value of a header (RFC 9110 section 5.5). */
const TRANSACTION_ID = /^[!-~](?:[ -~]{0,253}[!-~])?$/;

/** Digits that stand apart as those of a card do: never within the hexadecimal digits of a UUID. */
const CARD_LIKE = /(?<![0-9A-Za-z])(?:\d{12,19}|\d{4}(?:[ ./-]\d{4}){3}|\d{4}[ ./-]\d{6}[ ./-]\d{5})(?![0-9A-Za-z])/g;

/** The command, or an error that names the option. */
function build(make: () => MmsRequest): MmsRequest {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    const code = /^(amount|currency)\b/.test(cause.message) ? 'bad-amount' : 'bad-option';
    // The builder names the option first.
    const [name = ''] = cause.message.split(' ');
    throw new ReaderError(code, { detail: cause.message, because: { code: 'option', values: { name } }, cause });
  }
}
