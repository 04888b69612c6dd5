/**
 * Kind of a firmware file, from its own tag [PJ]. It does not know what else is in it: the reader checks that.
 */
import { decodeTlv, findNode } from '../tlv.js';
import { toHex } from '../hex.js';

/** Part of the reader that a file is for. */
export type FirmwareKind = 'boot-loader' | 'main' | 'wi-fi' | 'bluetooth';

/** Value of E5/81 in the file, and of tag 85 of the commands [PJ, MG p128]. */
const KINDS: Readonly<Record<string, readonly [kind: FirmwareKind, imageType: number]>> = {
  '0100': ['boot-loader', 0x0000],
  '0200': ['main', 0x0001],
  '2100': ['wi-fi', 0x0002],
  '3100': ['bluetooth', 0x0003],
};

/** Where object E5 begins, and bytes in which it ends in any case. */
export const DESCRIPTION_AT = 8;
export const DESCRIPTION_MOST = 8_192;

/** What a firmware file is for; undefined where it is not one, or of a kind that no source names. */
export function readFirmwareKind(
  file: Uint8Array,
): { readonly kind: FirmwareKind; readonly imageType: number } | undefined {
  if (file[DESCRIPTION_AT] !== 0xe5) return undefined;
  const length = descriptionLength(file);
  if (length === undefined || length > DESCRIPTION_MOST) return undefined;
  try {
    const nodes = decodeTlv(file.subarray(DESCRIPTION_AT, DESCRIPTION_AT + length));
    const row = KINDS[toHex(findNode(nodes, 'E5/81')?.value ?? new Uint8Array(0))];
    return row && { kind: row[0], imageType: row[1] };
  } catch {
    return undefined;
  }
}

/** Bytes of object E5 with its tag and length; what follows it is not TLV. */
function descriptionLength(file: Uint8Array): number | undefined {
  const first = file[DESCRIPTION_AT + 1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 4) return undefined;
  const bytes = file.subarray(DESCRIPTION_AT + 2, DESCRIPTION_AT + 2 + count);
  return 2 + count + bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
