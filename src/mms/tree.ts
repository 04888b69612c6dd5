/**
 * A message as a tree of named parts, each with its reading for people and the place of its bytes.
 * It reads what it is given: for anything that is shown, that is a redacted message. It does not know how the tree is shown.
 */
import { kernelTagName, readingContext, type EmvReadingContext } from './emv/context.js';
import { readEmvValue } from './emv/reading.js';
import { toHex } from './hex.js';
import type { MmsMessage } from './message.js';
import { oidText, readProperties } from './oid.js';
import { isShownInCardData } from './redaction/card-data.js';
import { hidesAll } from './redaction/message.js';
import { commandTitle } from './tables/command-titles.js';
import { displayString } from './tables/display-strings.js';
import { fileNames, parameterInfo } from './tables/parameters.js';
import { propertyNames } from './tables/property-names.js';
import { tagInfo } from './tables/tags.js';
import { decodeTlv, findNode, readTlv, type TlvNode } from './tlv.js';
import { readPropertyValue } from './views/property.js';
import {
  DISPLAY_MESSAGE,
  GET_FILE,
  GET_FILE_INFO,
  GET_PROPERTY,
  SET_PROPERTY,
  START_SEND_FILE,
  START_TRANSACTION,
  TRANSACTION_INFORMATION,
} from './tables/numbers.js';

/** One part of a message. */
export interface TreeNode {
  /** Tag in upper-case hexadecimal; absent for parts that have none. */
  readonly tag?: string;
  /** The name; empty where no source gives one. */
  readonly label: string;
  /** The value for people; empty where the children say it. */
  readonly reading: string;
  /** Bytes from `start` up to but not including `end`, counted from the first byte of the message. */
  readonly start: number;
  readonly end: number;
  readonly children?: readonly TreeNode[];
}

/** Bytes of a value that are written out in its reading. */
export const SHOWN_BYTES = 32;

const PROPERTY_COMMANDS: readonly number[] = [GET_PROPERTY, SET_PROPERTY];

/** Commands whose answer has the objects of the request or of its kin [MG p120, p136, DP D111]. */
const ANSWERED_ALIKE: ReadonlySet<number> = new Set([
  GET_PROPERTY,
  SET_PROPERTY,
  START_SEND_FILE,
  GET_FILE,
  GET_FILE_INFO,
]);

/** Tax amount of a start [PJ]. */
const TAX = 'A4/82';

/** What hidden bytes become in a redacted message. */
export const MASK = 0x2a;

/** The parts of a message, in order. Never throws: what cannot be read as a list of objects is one value. */
export function messageTree(message: MmsMessage): readonly TreeNode[] {
  const { bytes, version } = message;
  return [
    { label: 'Start of message', reading: 'AA', start: 0, end: 1 },
    { label: 'Version', reading: String(version), start: 1, end: 2 },
    ...readTlv(bytes, 2, bytes.length).map((node) => topLevel(node, message)),
  ];
}

/** The parts of a list of objects that stands in no message, read as EMV objects. Places are counted from its first byte. */
export function objectsTree(bytes: Uint8Array): readonly TreeNode[] {
  const nodes = readTlv(bytes, 0, bytes.length);
  const context = readingContext(nodes);
  return nodes.map((node) => cardObject(node, { bytes }, context));
}

/** What the bytes of a node are a part of. */
type Whole = Pick<MmsMessage, 'bytes'>;

/** Where the value of a node stands in the bytes of its message, of which it is a view. */
function placeOf({ value }: TlvNode, { bytes }: Whole): { readonly start: number; readonly end: number } {
  const start = value.byteOffset - bytes.byteOffset;
  return { start, end: start + value.length };
}

/** A part without a tag. */
function part({ bytes }: Whole, label: string, start: number, end: number, words = ''): TreeNode {
  const hex = hexText(bytes.subarray(start, end));
  return { label, reading: words === '' ? hex : `${hex} ${words}`, start, end };
}

function parent(node: TlvNode, message: Whole, label: string, children: readonly TreeNode[]): TreeNode {
  return { tag: node.tag, label, reading: '', start: node.offset, end: placeOf(node, message).end, children };
}

function leaf(node: TlvNode, message: Whole, label: string, reading = valueText(node.value)): TreeNode {
  return { tag: node.tag, label, reading, start: node.offset, end: placeOf(node, message).end };
}

function topLevel(node: TlvNode, message: MmsMessage): TreeNode {
  switch (node.tag) {
    case '81':
      return parent(node, message, 'Message information', information(node, message));
    case '82':
      return status(node, message);
    case '83':
      return leaf(node, message, 'Additional details');
    case '84':
      if (message.kind === 'file') return leaf(node, message, 'Contents');
      return node.value.length < 2
        ? leaf(node, message, 'Payload')
        : parent(node, message, 'Payload', payload(node, message));
    default:
      return cardObject(node, message, {});
  }
}

function information(node: TlvNode, message: MmsMessage): readonly TreeNode[] {
  const { start, end } = placeOf(node, message);
  const { kind, direction, id, reference } = message;
  const name = kind === 'notification' ? '' : (commandTitle(id) ?? '');
  const fixed = kind === 'file' ? start + 8 : start + 4;
  return [
    part(message, 'Type', start, start + 1, `${kind} ${direction === 'to-reader' ? 'to' : 'from'} the reader`),
    part(message, 'Reference', start + 1, start + 2, String(reference)),
    part(message, 'Number', start + 2, start + 4, name),
    ...(kind === 'file' ? [part(message, 'File id', start + 4, fixed, fileNames[message.fileId])] : []),
    ...(end > fixed ? [part(message, 'Reserved', fixed, end)] : []),
  ];
}

function status(node: TlvNode, message: MmsMessage): TreeNode {
  const { start, end } = placeOf(node, message);
  if (message.kind === 'response') {
    const { ok, running, warning, text } = message.status;
    const outcome = ok ? `${running ? 'running' : 'done'}${warning ? ' with warnings' : ''}` : 'refused or failed';
    return parent(node, message, 'Status', [
      part(message, 'Summary', start, start + 1, outcome),
      part(message, 'Detail', start + 1, end, text),
    ]);
  }
  const words = message.kind === 'notification' ? ` ${message.text}` : '';
  return leaf(node, message, 'Notification detail', valueText(node.value) + words);
}

function payload(node: TlvNode, message: MmsMessage): readonly TreeNode[] {
  const { start, end } = placeOf(node, message);
  const id = part(message, 'Number', start, start + 2);
  if (message.opaque !== undefined) return [id, part(message, 'Text', start + 2, end)];
  return [id, ...message.payload.map((child) => parameter(child, message, ''))];
}

/** An object of a payload; some primitive ones hold lists [S, PJ, MG p120, DP ARQC]. */
function parameter(node: TlvNode, message: MmsMessage, path: string): TreeNode {
  const { tag, value, children } = node;
  const isCommand = message.kind === 'request' || (message.kind === 'response' && ANSWERED_ALIKE.has(message.id));
  const info = isCommand ? parameterInfo(message.id, path + tag, toHex(value)) : undefined;
  if (info) {
    if (children) {
      return parent(
        node,
        message,
        info.name,
        children.map((child) => parameter(child, message, `${path}${tag}/`)),
      );
    }
    return (
      listParameter(node, message, info.name) ??
      leaf(node, message, info.name, wordsOf(node, message, path) ?? readingWith(value, info.meaning))
    );
  }
  if (message.kind === 'notification' && message.id === TRANSACTION_INFORMATION && tag === '84') {
    return cardData(node, message);
  }
  // In answers and notifications 80 to BF mean what the command says, not what EMV says.
  if (tag.length === 2 && /^[89AB]/.test(tag)) {
    if (!children) return leaf(node, message, '', valueText(value, hidesAll(message)));
    const inside = children.map((child) => parameter(child, message, `${path}${tag}/`));
    return parent(node, message, '', inside);
  }
  return cardObject(node, message, {});
}

/** The parameters that are lists: transaction data of a start, and the nodes of a property. */
function listParameter(node: TlvNode, message: MmsMessage, name: string): TreeNode | undefined {
  const isTransactionData = message.id === START_TRANSACTION && node.tag === '86';
  const isProperty = PROPERTY_COMMANDS.includes(message.id) && node.tag === '89';
  if (!isTransactionData && !isProperty) return undefined;
  const { start, end } = placeOf(node, message);
  const nodes = tryRead(message, start, end);
  if (!nodes) return undefined;
  if (isTransactionData) {
    const context = readingContext(nodes);
    return parent(
      node,
      message,
      name,
      nodes.map((child) => cardObject(child, message, context)),
    );
  }
  const path = ['85', '87'].flatMap((tag) => [...(findNode(message.payload, tag)?.value ?? [])]);
  const list = parent(
    node,
    message,
    name,
    nodes.map((child) => propertyNode(child, message, path)),
  );
  return { ...list, reading: propertyText(message) };
}

/** A parameter whose value is a number that stands for words. */
function wordsOf({ tag, value }: TlvNode, message: MmsMessage, path: string): string | undefined {
  const { id } = message;
  const [first] = value;
  if (id === START_TRANSACTION && path + tag === TAX) return readEmvValue('9F02', value, contextOfStart(message)).text;
  if (id !== DISPLAY_MESSAGE || path !== '' || tag !== '82' || first === undefined) return undefined;
  return readingWith(value, displayString(first));
}

/** The node of an identifier, whose tag number is its number [MG p120]; `path` are the nodes before it. */
function propertyNode(node: TlvNode, message: MmsMessage, path: readonly number[]): TreeNode {
  const here = [...path, parseInt(node.tag, 16) & 0x1f];
  const label = `Node ${oidText(here.slice(-1))}`;
  if (node.children) {
    return parent(
      node,
      message,
      label,
      node.children.map((child) => propertyNode(child, message, here)),
    );
  }
  const words = isMasked(node.value, false) ? undefined : readPropertyValue(oidText(here), node.value);
  return leaf(node, message, label, readingWith(node.value, words === toHex(node.value) ? undefined : words));
}

/** The inner tag 84 of notification 0101: two bytes of length, F9, padding, MAC; or a list of objects [DP ARQC, PJ]. */
function cardData(node: TlvNode, message: MmsMessage): TreeNode {
  const { start, end } = placeOf(node, message);
  const length = ((node.value[0] ?? 0) << 8) | (node.value[1] ?? 0);
  const last = start + 2 + length;
  const container = length > 0 && last <= end ? tryRead(message, start + 2, last) : undefined;
  if (container?.[0]?.tag === 'F9') {
    const rest = last < end ? [part(message, 'Padding and MAC', last, end)] : [];
    const context = readingContext(container);
    return parent(node, message, 'Card data', [
      part(message, 'Length', start, start + 2, `${String(length)} bytes`),
      ...container.map((child) => cardObject(child, message, context)),
      ...rest,
    ]);
  }
  const nodes = tryRead(message, start, end);
  if (!nodes) return leaf(node, message, 'Data');
  return parent(
    node,
    message,
    'Data',
    nodes.map((child) => cardObject(child, message, {})),
  );
}

/** An object whose tag means what it does in EMV and in card data. */
function cardObject(node: TlvNode, message: Whole, context: EmvReadingContext): TreeNode {
  const label = kernelTagName(node.tag, context) ?? tagInfo(node.tag)?.name ?? '';
  if (node.children) {
    const inside = readingContext(node.children, context);
    return parent(
      node,
      message,
      label,
      node.children.map((child) => cardObject(child, message, inside)),
    );
  }
  if (isMasked(node.value, !isShownInCardData(node.tag))) return leaf(node, message, label, maskedText(node.value));
  const { text, lines } = readEmvValue(node.tag, node.value, context);
  const reading = text === toHex(node.value) ? valueText(node.value) : text;
  if (!lines) return leaf(node, message, label, reading);
  const { start, end } = placeOf(node, message);
  const children = lines.map((line) => ({ label: line, reading: '', start, end }));
  return { ...parent(node, message, label, children), reading };
}

/** The currency of a start, which stands in its list of transaction data. */
function contextOfStart({ payload: objects }: MmsMessage): EmvReadingContext {
  try {
    return readingContext(decodeTlv(findNode(objects, '86')?.value ?? new Uint8Array(0)));
  } catch {
    return {};
  }
}

/** Whether a value was hidden. One byte may have this value itself, where it is not of a kind that is hidden. */
const isMasked = (value: Uint8Array, isHidden: boolean): boolean =>
  value.length > (isHidden ? 0 : 1) && value.every((byte) => byte === MASK);

const maskedText = ({ length }: Uint8Array): string => `masked, ${String(length)} ${length === 1 ? 'byte' : 'bytes'}`;

function valueText(value: Uint8Array, isHidden = false): string {
  if (value.length === 0) return 'empty';
  return isMasked(value, isHidden) ? maskedText(value) : hexText(value);
}

const readingWith = (value: Uint8Array, meaning: string | undefined): string =>
  meaning === undefined ? valueText(value) : `${valueText(value)} ${meaning}`;

function hexText(value: Uint8Array): string {
  if (value.length <= SHOWN_BYTES) return toHex(value);
  return `${toHex(value.subarray(0, SHOWN_BYTES))}… ${String(value.length)} bytes`;
}

/** Identifier and name of the properties of a message; empty where they cannot be read. */
function propertyText({ payload: objects }: MmsMessage): string {
  try {
    return readProperties(objects)
      .map(({ oid }) => `${oid} ${propertyNames[oid] ?? ''}`.trim())
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
