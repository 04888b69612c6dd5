/**
 * The properties of a sale as pages give them, which may be anything: what cannot be used is found before anything is sent.
 * It does not know elements or readers.
 */
import { currencyByAlpha } from '../../mms/emv/currency.js';
import { MmsError } from '../../mms/error.js';
import { startTransaction } from '../../mms/commands/start-transaction.js';
import { autoStartWays } from '../../transactions/auto-start.js';
import type { ReaderError } from '../../connection/reader-error.js';
import { amountsOf, type AmountOptions } from '../../transactions/amounts.js';
import { choices, type StartTransactionOptions } from '../../transactions/start-options.js';
import { badOption } from '../shared/bad-option.js';
import { valuesOfSale } from './sale-request.js';

/** What is checked. Null and undefined are not wrong: they are not known yet. */
export interface SaleProperties {
  readonly for: unknown;
  readonly amount: unknown;
  readonly otherAmount: unknown;
  readonly tip: unknown;
  readonly tax: unknown;
  readonly surcharge: unknown;
  readonly tipOptions: unknown;
  readonly currency: unknown;
  readonly type: unknown;
  readonly flow: unknown;
  readonly fallback: unknown;
  readonly accept: unknown;
  readonly timeout: unknown;
  readonly transactionId: unknown;
  readonly originalReference: unknown;
  readonly authorizeUrl: unknown;
  readonly reverseUrl: unknown;
  readonly autoStart: unknown;
  readonly name: unknown;
}

const texts = [
  'for',
  ...valuesOfSale,
  ...(['flow', 'fallback', 'accept', 'authorizeUrl', 'reverseUrl', 'autoStart', 'name'] as const),
] satisfies readonly (keyof SaleProperties)[];

const attributeOf = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An amount that can be sent, to check the other options with. */
const ANY_SALE = { amount: '1', currency: 'JPY' } as const;

/**
 * The first of them that cannot be used, whatever is known later; undefined where there is none. An amount is not judged: it is
 * typed digit by digit in some pages, and refused when the sale starts.
 */
export function wrongOption(sale: SaleProperties): ReaderError | undefined {
  for (const property of texts) {
    const value = sale[property] ?? '';
    if (typeof value !== 'string') return badOption(attributeOf(property), 'must be text');
  }
  return wrongCommandOption(sale) ?? wrongChoice(sale) ?? wrongAutoStart(sale.autoStart);
}

function wrongCommandOption({ type, accept, timeout }: SaleProperties): ReaderError | undefined {
  try {
    startTransaction({
      ...ANY_SALE,
      type: type as NonNullable<StartTransactionOptions['type']>,
      timeout: timeout as number,
      ...(accept === null || accept === undefined ? {} : { accept: accept as string }),
    });
    return undefined;
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    // The builder names the option first.
    const [name = '', ...what] = cause.message.split(' ');
    return badOption(name, what.join(' '), cause);
  }
}

function wrongChoice(sale: SaleProperties): ReaderError | undefined {
  for (const [name, values] of Object.entries(choices) as [keyof typeof choices, readonly unknown[]][])
    if (!values.includes(sale[name] ?? values[0])) return badOption(name, `must be one of ${values.join(', ')}`);
  return undefined;
}

/** What is wrong with the ways that start a sale; undefined where nothing is. */
export function wrongAutoStart(autoStart: unknown): ReaderError | undefined {
  if (typeof autoStart !== 'string') return badOption('auto-start', 'must be text');
  try {
    autoStartWays(autoStart);
    return undefined;
  } catch (cause) {
    return badOption('auto-start', 'must be one or more of insert, tap, swipe', cause);
  }
}

/** The sum of amounts as they are written; the amount as it stands where they cannot be added: the start will say what is wrong. */
export function shownTotal(amounts: AmountOptions, currency: string): string {
  const known = currencyByAlpha(currency);
  try {
    return known ? amountsOf(amounts, known).total : amounts.amount;
  } catch (cause) {
    if (!(cause instanceof MmsError)) throw cause;
    return amounts.amount;
  }
}
