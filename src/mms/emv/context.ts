/**
 * The objects in a list that decide how the others are read: currency, alphabet and application.
 */
import { toHex } from '../hex.js';
import { findNode, type TlvNode } from '../tlv.js';
import { currencyByNumeric, type Currency } from './currency.js';
import { kernelOf } from './application.js';
import { kernelTags } from './kernel.js';

export interface EmvReadingContext {
  /** Currency of the amounts beside it (5F2A). Without one, amounts are shown as their twelve digits: no decimals are invented. */
  readonly currency?: Currency | undefined;
  /** Alphabet of the application preferred name: the part of ISO/IEC 8859 that 9F11 says. */
  readonly codeTable?: number | undefined;
  /** The application that was chosen (4F, 84, 9F06), in upper-case hexadecimal: some tags depend on its kernel. */
  readonly application?: string | undefined;
}

/** The context that a list of objects makes; what it does not say is that of the list around it. */
export function readingContext(nodes: readonly TlvNode[], around: EmvReadingContext = {}): EmvReadingContext {
  const valueOf = (tag: string): Uint8Array | undefined => findNode(nodes, tag)?.value;
  const currency = valueOf('5F2A');
  const application = valueOf('4F') ?? valueOf('84') ?? valueOf('9F06');
  return {
    currency: currency ? currencyByNumeric(toHex(currency).slice(1)) : around.currency,
    codeTable: valueOf('9F11')?.[0] ?? around.codeTable,
    application: application ? toHex(application) : around.application,
  };
}

/** Name of a tag that depends on the kernel; undefined for others, and where the application is not known. */
export const kernelTagName = (tag: string, { application = '' }: EmvReadingContext): string | undefined =>
  kernelTags[tag]?.[kernelOf(application) ?? 0]?.name;
