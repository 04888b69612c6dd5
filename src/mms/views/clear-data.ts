/**
 * Card data that a reader sends in clear although it should encrypt or mask them: found, and left out.
 * It decrypts nothing and does not know messages.
 */
import type { TlvInput, TlvNode } from '../tlv.js';
import { findTrackNumber, isDigit } from '../track.js';

/** Track 1 and 2 equivalent data, card number and name, as EMV has them [EMV Book 3, annex A; Contactless Book C-2]. */
const CLEAR_TAGS: ReadonlySet<string> = new Set(['56', '57', '5A', '5F20', '9F6B']);

/** Digits around the hidden ones that a mask may leave, and how many of the hidden ones differ: the correction digit [MG p9]. */
export const LEADING = 6;
export const TRAILING = 4;
export const CORRECTION_DIGITS = 1;

/**
 * Tags of the objects that say in clear what must be hidden; none where the reader keeps to its task. A masked number passes the
 * Luhn check too: what counts is whether its middle is filled with one character.
 */
export function findClearData(nodes: readonly TlvNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.children) return findClearData(node.children);
    return isClear(node) ? [node.tag] : [];
  });
}

/** The same objects without those that say in clear what must be hidden. The MAC of a container does not fit them any more. */
export function withoutClearData(nodes: readonly TlvNode[]): TlvInput[] {
  return nodes.flatMap((node): TlvInput[] => {
    if (node.children) return [{ tag: node.tag, children: withoutClearData(node.children) }];
    return isClear(node) ? [] : [{ tag: node.tag, value: node.value }];
  });
}

function isClear({ tag, value }: TlvNode): boolean {
  // In whatever object a track is: those of the stripe have tags of which some are not published.
  if (!CLEAR_TAGS.has(tag)) return isClearTrack(value);
  // A value of one byte only, such as zeros or stars, is a mask; a name is more than its separator.
  const said = tag === '5F20' ? value.filter((byte) => byte !== SPACE && byte !== SLASH) : value;
  return new Set(said).size > (tag === '5F20' ? 0 : 1) && !said.every((byte) => byte === STAR);
}

export const SPACE = 0x20;
export const SLASH = 0x2f;
export const STAR = 0x2a;

function isClearTrack(track: Uint8Array): boolean {
  const place = findTrackNumber(track);
  if (!place) return false;
  const number = track.subarray(place.start, place.end);
  const middle = number.subarray(LEADING, -TRAILING);
  return number.every(isDigit) && middle.filter((byte) => byte !== ZERO).length > CORRECTION_DIGITS;
}

export const ZERO = 0x30;
