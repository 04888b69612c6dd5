/**
 * A message as a tree of named parts, each with the place of its bytes.
 * It reads redacted messages, so that it need not know what is secret; it does not know how the tree is shown.
 */
import { describe } from '../../mms/describe.js';
import { toHex } from '../../mms/hex.js';
import type { MmsMessage } from '../../mms/message.js';
import { readProperties } from '../../mms/oid.js';
import { propertyInfo } from '../../mms/tables/properties.js';
import { tagInfo } from '../../mms/tables/tags.js';
import { readTlv, type TlvNode } from '../../mms/tlv.js';

export interface TreeNode {
  /** Tag in upper-case hexadecimal; absent for parts that have none. */
  readonly tag?: string;
  /** The name; empty where no source names it. */
  readonly label: string;
  /** The value for people; empty where the children tell. */
  readonly reading: string;
  /** Bytes from `start` up to but not including `end`, counted from the first byte of the message. */
  readonly start: number;
  readonly end: number;
  readonly children?: readonly TreeNode[];
}

/** Bytes of a value that are written out in its reading. */
const SHOWN_BYTES = 32;

/** The parts of a message, in order. Never throws: what cannot be read as a list is one value. */
export function messageTree(message: MmsMessage): readonly TreeNode[] {
  const { bytes } = message;
  return [
    { label: 'Start of message', reading: 'AA', start: 0, end: 1 },
    { label: 'Version', reading: String(message.version), start: 1, end: 2 },
    ...readTlv(bytes, 2, bytes.length).map((node) => topLevel(node, message)),
  ];
}

/** Where the value of a node stands in the bytes of its message, of which it is a view. */
function placeOf({ value }: TlvNode, { bytes }: MmsMessage): { readonly start: number; readonly end: number } {
  const start = value.byteOffset - bytes.byteOffset;
  return { start, end: start + value.length };
}

function part(label: string, message: MmsMessage, start: number, end: number, reading?: string): TreeNode {
  return { label, reading: reading ?? hexText(message.bytes.subarray(start, end)), start, end };
}

function topLevel(node: TlvNode, message: MmsMessage): TreeNode {
  const { start, end } = placeOf(node, message);
  const parent = (label: string, children: readonly TreeNode[]): TreeNode => ({
    tag: node.tag,
    label,
    reading: '',
    start: node.offset,
    end,
    children,
  });
  switch (node.tag) {
    case '81':
      return parent('Message information', [
        part('Type', message, start, start + 1, `${message.kind}, ${message.direction}`),
        part('Reference', message, start + 1, start + 2, String(message.reference)),
        part('Number', message, start + 2, start + 4),
        ...(end > start + 4 ? [part('File id and reserved', message, start + 4, end)] : []),
      ]);
    case '82':
      return parent(message.kind === 'response' ? 'Status' : 'Notification detail', [
        ...(message.kind === 'response'
          ? [
              part('Summary', message, start, start + 1),
              part('Detail', message, start + 1, end, `${message.status.detail} ${message.status.text}`),
            ]
          : [part('Detail', message, start, end, `${hexText(node.value)} ${describe(message)}`)]),
      ]);
    case '83':
      return { ...leaf(node, message, 'Additional details'), tag: '83' };
    case '84':
      return message.kind === 'file'
        ? leaf(node, message, 'Contents')
        : parent('Payload', payload(message, start, end));
    default:
      return tlv(node, message, true);
  }
}

function payload(message: MmsMessage, start: number, end: number): readonly TreeNode[] {
  const id = part('Number', message, start, start + 2);
  const objects = message.opaque === undefined ? tryRead(message, start + 2, end) : undefined;
  if (objects === undefined) return [id, part('Text', message, start + 2, end)];
  return [id, ...objects.map((node) => parameter(node, message))];
}

/** An object of a payload. Three primitive ones hold lists of their own [S, PJ, MG p120, DP ARQC]. */
function parameter(node: TlvNode, message: MmsMessage): TreeNode {
  const { start, end } = placeOf(node, message);
  const list = (
    label: string,
    from: number,
    to: number,
    isCard: boolean,
    after: readonly TreeNode[] = [],
  ): TreeNode => {
    const nodes = tryRead(message, from, to);
    if (nodes === undefined) return leaf(node, message, label);
    const children = [...nodes.map((child) => tlv(child, message, isCard)), ...after];
    return { tag: node.tag, label, reading: '', start: node.offset, end, children };
  };
  if (message.id === 0x1001 && node.tag === '86') return list('Transaction data', start, end, true);
  if ((message.id === 0xd101 || message.id === 0xd111) && node.tag === '89') {
    return { ...list('Property', start, end, false), reading: propertyText(message) };
  }
  if (message.kind === 'notification' && message.id === 0x0101 && node.tag === '84') {
    const length = ((node.value[0] ?? 0) << 8) | (node.value[1] ?? 0);
    const last = start + 2 + length;
    if (length > 0 && last <= end) {
      const rest = last < end ? [part('Padding and MAC', message, last, end)] : [];
      return list('Card data', start + 2, last, true, rest);
    }
  }
  return tlv(node, message, false);
}

/** @param isEmv Whether tags 80 to BF mean what they do in EMV: elsewhere each command gives these its own meaning. */
function tlv(node: TlvNode, message: MmsMessage, isEmv: boolean): TreeNode {
  const isOwn = node.tag.length === 2 && /^[89AB]/.test(node.tag);
  const info = isEmv || !isOwn ? tagInfo(node.tag) : undefined;
  if (!node.children) return leaf(node, message, info?.name ?? '', info?.format);
  const { end } = placeOf(node, message);
  const inside = isEmv || (!isOwn && info?.format === 'constructed');
  const children = node.children.map((child) => tlv(child, message, inside));
  return { tag: node.tag, label: info?.name ?? '', reading: '', start: node.offset, end, children };
}

function leaf(node: TlvNode, message: MmsMessage, label: string, format = ''): TreeNode {
  return {
    tag: node.tag,
    label,
    reading: readingOf(node.value, format),
    start: node.offset,
    end: placeOf(node, message).end,
  };
}

/** A value as its format says: text where it is text, else hexadecimal. */
function readingOf(value: Uint8Array, format: string): string {
  if (value.length === 0) return 'empty';
  if (value.length > 1 && value.every((byte) => byte === 0x2a)) return `masked, ${String(value.length)} bytes`;
  if (/^(?:an|ans|text)/.test(format) && value.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return `“${String.fromCharCode(...value)}”`;
  }
  return hexText(value);
}

function hexText(value: Uint8Array): string {
  if (value.length <= SHOWN_BYTES) return toHex(value);
  return `${toHex(value.subarray(0, SHOWN_BYTES))}… ${String(value.length)} bytes`;
}

function propertyText({ payload: objects }: MmsMessage): string {
  try {
    return readProperties(objects)
      .map(({ oid }) => `${oid} ${propertyInfo(oid)?.name ?? ''}`.trim())
      .join(', ');
  } catch {
    return '';
  }
}

function tryRead({ bytes }: MmsMessage, start: number, end: number): TlvNode[] | undefined {
  try {
    return readTlv(bytes, start, end);
  } catch {
    return undefined;
  }
}
