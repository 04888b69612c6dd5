/**
 * Property identifiers in both forms in which they travel [MG p120, DP, PJ].
 * It does not know which properties exist.
 */
import { MmsError } from './error.js';
import { decodeTlv, encodeTlv, findNode, type TlvInput, type TlvNode } from './tlv.js';

/**
 * `simple`: type, a prefix of one byte a node, and the last node. `long`: type, and the other nodes nested in each other.
 */
export type OidForm = 'simple' | 'long';

/** Private-class tags whose number is the node [MG p120]. */
export const PRIMITIVE_NODE = 0xc0;
export const CONSTRUCTED_NODE = 0xe0;
/** Nodes above this would need tags of more than one byte; none has been seen. */
export const HIGHEST_NODE = 0x1e;
export const FEWEST_NODES = 3;

/**
 * Nodes of an identifier such as `1.2.2.1.1.A`; they are hexadecimal.
 * @throws {MmsError} `bad-value`.
 */
function parseOid(oid: string): number[] {
  const parts = oid.split('.');
  const nodes = parts.map((part) => (/^[0-9a-f]{1,2}$/i.test(part) ? parseInt(part, 16) : Infinity));
  if (nodes.length < FEWEST_NODES || nodes.some((node) => node > HIGHEST_NODE)) {
    throw new MmsError(
      'bad-value',
      0,
      `oid “${oid}” must be hexadecimal nodes from 0 to 1E with dots between, such as 1.2.7.1.2.1`,
    );
  }
  return nodes;
}

/** An identifier as it is written everywhere: in capitals, without leading zeros. @throws {MmsError} `bad-value`. */
export const canonicalOid = (oid: string): string => oidText(parseOid(oid));

/** An identifier as text, from its nodes. */
export const oidText = (nodes: readonly number[]): string => nodes.map(byteText).join('.');

/**
 * The payload objects that name a property: 85, 87 and 89.
 *
 * @param value The value to set; without one, or empty, the property is asked for.
 * @throws {MmsError} `bad-value` when it is not an identifier.
 */
export function encodeOid(oid: string, value: Uint8Array = new Uint8Array(0), form: OidForm = 'simple'): TlvInput[] {
  const [type, ...nodes] = parseOid(oid) as [number, ...number[]];
  const last = nodes.pop() as number;
  const leaf: TlvInput = { tag: byteText(PRIMITIVE_NODE | last), value };
  const typeObject: TlvInput = { tag: '85', value: Uint8Array.of(type) };
  if (form === 'simple') {
    return [typeObject, { tag: '87', value: Uint8Array.from(nodes) }, { tag: '89', value: encodeTlv([leaf]) }];
  }
  const nested = nodes.reduceRight<TlvInput>(
    (child, node) => ({ tag: byteText(CONSTRUCTED_NODE | node), children: [child] }),
    leaf,
  );
  return [typeObject, { tag: '89', value: encodeTlv([nested]) }];
}

/** A property and its value, as a message carries them. */
export interface PropertyValue {
  /** Identifier with hexadecimal nodes, for example `1.2.2.1.1.A`. */
  readonly oid: string;
  /** Empty where it is asked for. */
  readonly value: Uint8Array;
}

/**
 * The properties that the payload of a D101 or D111 message names; several where a whole branch is answered [MG p120].
 * @throws {MmsError} when they are not well-formed.
 */
export function readProperties(payload: readonly TlvNode[]): PropertyValue[] {
  const type = findNode(payload, '85')?.value[0];
  const remainder = findNode(payload, '89');
  if (type === undefined || !remainder) return [];
  const prefix = findNode(payload, '87')?.value ?? [];
  return leaves(decodeTlv(remainder.value), oidText([type, ...prefix]), []);
}

function leaves(nodes: readonly TlvNode[], path: string, found: PropertyValue[]): PropertyValue[] {
  for (const { tag, value, children } of nodes) {
    const oid = `${path}.${byteText(parseInt(tag, 16) & 0x1f)}`;
    if (children) leaves(children, oid, found);
    else found.push({ oid, value });
  }
  return found;
}

/** Most are single digits, which need no capitals. */
const byteText = (value: number): string => (value < 10 ? String(value) : value.toString(16).toUpperCase());
