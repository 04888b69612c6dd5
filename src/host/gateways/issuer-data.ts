/**
 * Issuer data for the card: gateways give TLV objects, with or without the tag of a script around them.
 */
import { parseHex, toHex } from '../../mms/hex.js';
import { decodeTlv, encodeTlv, type TlvInput, type TlvNode } from '../../mms/tlv.js';

/** Issuer authentication data, and scripts before and after the final GENERATE AC (EMV Book 3). */
const forCard = ['91', '71', '72'];

/** @param parts Hexadecimal text of each field; what cannot be read is left out. */
export function issuerAnswer(parts: {
  readonly authentication: string | undefined;
  readonly script71: string | undefined;
  readonly script72: string | undefined;
}): { readonly responseCode?: string; readonly issuerData?: string } {
  const authentication = listOf(parts.authentication);
  const code = authentication.find(({ tag }) => tag === '8A')?.value;
  const objects = [
    ...authentication.filter(({ tag }) => forCard.includes(tag)),
    ...script('71', parts.script71),
    ...script('72', parts.script72),
  ];
  return {
    ...(code ? { responseCode: String.fromCharCode(...code) } : {}),
    ...(objects.length === 0 ? {} : { issuerData: toHex(encodeTlv(objects)) }),
  };
}

/** A script with its tag, whether the gateway gave it or not. */
function script(tag: string, hex: string | undefined): readonly TlvInput[] {
  const nodes = listOf(hex);
  if (nodes.length === 0) return [];
  return nodes.length === 1 && nodes[0]?.tag === tag ? nodes : [{ tag, children: nodes }];
}

function listOf(hex: string | undefined): readonly TlvNode[] {
  try {
    return decodeTlv(parseHex(hex ?? ''));
  } catch {
    return [];
  }
}
