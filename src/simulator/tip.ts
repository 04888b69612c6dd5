/**
 * Tip and tax on the reader's own display (command 1001, A4) [PJ]: what the cardholder may choose from, and what comes of it.
 * It does not know the sale.
 */
import { amountOfUnits, encodeAmount } from '../mms/emv/amount.js';
import { currencyByNumeric } from '../mms/emv/currency.js';
import { toHex } from '../mms/hex.js';
import type { MmsRequest } from '../mms/message.js';
import { findNode, type TlvInput } from '../mms/tlv.js';
import { NO_TIP } from './unconfirmed.js';

/** One button. */
export interface TipChoice {
  readonly label: string;
  /** In the smallest unit of the currency. */
  readonly tip: bigint;
}

/** Mode byte of the tip object: shares of the amount, or amounts [PJ]. */
const PERCENT = 0x01;
const BUTTONS = 6;
const BUTTON_BYTES = 5;
/** Decimals where no currency is known. */
const DEFAULT_EXPONENT = 2;

const numberOf = (digits: Uint8Array | undefined): bigint => BigInt(digits && digits.length > 0 ? toHex(digits) : '0');
/** Packed digits of an amount in the smallest unit. */
const packed = (amount: bigint): Uint8Array => encodeAmount(String(amount), { exponent: 0 });
const amountObject = (tag: string, amount: bigint): TlvInput => ({ tag, value: packed(amount) });

/** The amounts of a sale; all of them in the smallest unit of its currency. */
export class TipAndTax {
  private readonly base: bigint;
  private readonly exponent: number;
  private readonly tax: bigint;
  private readonly hasTax: boolean;
  private readonly buttons: Uint8Array | undefined;
  private tip: bigint | undefined;

  /**
   * @param amount The amount that the sale was started with (9F02).
   * @param currency Its currency (5F2A), for what the buttons say.
   */
  constructor(request: MmsRequest, amount: Uint8Array | undefined, currency: Uint8Array | undefined) {
    this.base = numberOf(amount);
    this.exponent = currencyByNumeric(toHex(currency ?? new Uint8Array(0)).slice(-3))?.exponent ?? DEFAULT_EXPONENT;
    const tax = findNode(request.payload, 'A4/82')?.value;
    this.hasTax = tax !== undefined;
    this.tax = numberOf(tax);
    const buttons = findNode(request.payload, 'A4/81')?.value;
    this.buttons = buttons?.length === 1 + BUTTONS * BUTTON_BYTES ? buttons : undefined;
  }

  /** What the cardholder may choose from: the buttons in their order, and no tip; nothing where no tip is asked for. */
  get choices(): readonly TipChoice[] {
    const { buttons, base, exponent } = this;
    if (!buttons) return [];
    const isPercent = buttons[0] === PERCENT;
    const offered = Array.from({ length: BUTTONS }, (_, at): TipChoice => {
      const value = numberOf(buttons.subarray(2 + at * BUTTON_BYTES, 1 + (at + 1) * BUTTON_BYTES));
      return isPercent
        ? { label: `${String(value)} %`, tip: (base * value + 50n) / 100n }
        : { label: amountOfUnits(value, { exponent }), tip: value };
    });
    return [...offered, { label: NO_TIP, tip: 0n }];
  }

  choose(index: number): void {
    this.tip = this.choices[index]?.tip;
  }

  /** The objects of an ARQC: the amount with everything, the tip and the tax; none where the sale has neither. */
  get objects(): readonly TlvInput[] {
    if (!this.hasTax && this.tip === undefined) return [];
    return [
      amountObject('DF2A', this.total),
      ...(this.tip === undefined ? [] : [amountObject('DF5D', this.tip)]),
      ...(this.hasTax ? [amountObject('DF5E', this.tax)] : []),
    ];
  }

  /** The amount that the card is asked about (9F02). */
  get amount(): Uint8Array {
    return packed(this.total);
  }

  private get total(): bigint {
    return this.base + (this.tip ?? 0n) + this.tax;
  }
}
