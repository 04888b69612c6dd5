/**
 * The objects of a chip card that receipts show, as far as a reader or a host gives them in clear. None of them is sensitive:
 * the number, the tracks and the name are not among them.
 */
import { cryptogramTypeOf, type CryptogramType } from '../emv/cryptogram.js';
import { preferredNameOf } from '../emv/preferred-name.js';
import { toHex } from '../hex.js';
import { searchNode, type TlvNode } from '../tlv.js';

/** What receipts show of a chip card. Each is there only where the reader or the host gives it. */
export interface EmvFacts {
  /** Application identifier (9F06, 84 or 4F), in hexadecimal. */
  readonly aid?: string;
  /** Application label (50). */
  readonly label?: string;
  /** Application preferred name (9F12), in the script of the cardholder. */
  readonly preferredName?: string;
  /** Terminal verification results (95), in hexadecimal. */
  readonly tvr?: string;
  /** Transaction status information (9B), in hexadecimal. */
  readonly tsi?: string;
  /** Cardholder verification method results (9F34), in hexadecimal. */
  readonly cvm?: string;
  /** Application cryptogram (9F26), in hexadecimal. */
  readonly cryptogram?: string;
  /** What the cryptogram is (9F27). */
  readonly cryptogramType?: CryptogramType;
  /** Authorisation response code that the card got (8A), two characters. In Quick Chip the reader's own, `Z3`. */
  readonly responseCode?: string;
}

/** The names of all of them. */
export const emvFactNames = [
  ...['aid', 'label', 'preferredName', 'tvr', 'tsi', 'cvm', 'cryptogram', 'cryptogramType', 'responseCode'],
] as readonly (keyof EmvFacts)[];

/** The table of what is in the common alphabet, and of a preferred name without 9F11. */
export const LATIN = 1;

/** The facts in lists of objects; where more than one has an object, that of the first counts. */
export function readEmvFacts(...lists: readonly (readonly TlvNode[])[]): EmvFacts {
  const valueOf = (...tags: readonly string[]): Uint8Array | undefined => {
    for (const list of lists) {
      for (const tag of tags) {
        const value = searchNode(list, tag)?.value;
        if (value && value.length > 0) return value;
      }
    }
    return undefined;
  };
  const hexOf = (...tags: readonly string[]): string | undefined => {
    const value = valueOf(...tags);
    return value && toHex(value);
  };
  const textOf = (tag: string, table = LATIN): string | undefined => {
    const value = valueOf(tag);
    // Some cards fill it with zeros.
    const text =
      value && preferredNameOf(value.subarray(0, value.findLastIndex((byte) => byte !== 0) + 1), table)?.trim();
    return text === '' ? undefined : text;
  };
  // The kind of a cryptogram is beside it, in the same list.
  const withCryptogram = lists.find((list) => searchNode(list, '9F26')) ?? [];
  const information = searchNode(withCryptogram, '9F27')?.value[0];
  const facts: Record<keyof EmvFacts, string | undefined> = {
    aid: hexOf('9F06', '84', '4F'),
    label: textOf('50'),
    preferredName: textOf('9F12', valueOf('9F11')?.[0]),
    tvr: hexOf('95'),
    tsi: hexOf('9B'),
    cvm: hexOf('9F34'),
    cryptogram: hexOf('9F26'),
    cryptogramType: information === undefined ? undefined : cryptogramTypeOf(information),
    responseCode: textOf('8A'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
