/**
 * Ninety-nine more published messages, each with its source in the file: what they decode to, how they are described, and what of
 * them a log shows. Expected lines were written from the sources' own words (`what`), not from the code.
 */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { describe as lineOf } from '../../../src/mms/describe.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { readProperties } from '../../../src/mms/oid.js';
import { redact } from '../../../src/mms/redact.js';
import { findTlv, searchTlv } from '../../../src/mms/tlv.js';
import { messageTree, type TreeNode } from '../../../src/mms/tree.js';
import { readBlob } from '../../../src/mms/views/card-data.js';
import { readPropertyAnswers, readPropertyValue } from '../../../src/mms/views/property.js';
import published from '../../support/vectors/more-messages.json' with { type: 'json' };

interface Vector {
  readonly id: string;
  readonly hex: string;
  readonly source: string;
  readonly what: string;
}

const vectors: readonly Vector[] = published;
const flat = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
  nodes.flatMap((node) => [node, ...flat(node.children ?? [])]);

const partsOf = (message: MmsMessage) =>
  flat(messageTree(message)).map(({ tag, label, reading }) => [tag, label, reading]);

/** All but one are whole messages; that one is the inner object of card data. */
const messages = vectors.filter(({ id }) => !id.startsWith('gw-'));
const hexOf = (id: string): string => vectors.find((vector) => vector.id === id)?.hex ?? '';

test('they are 99, each with its source', () => {
  expect(vectors).toHaveLength(99);
  expect(new Set(vectors.map(({ id }) => id)).size).toBe(99);
  for (const { source, what } of vectors) expect(source.length * what.length).toBeGreaterThan(0);
});

describe('every message', () => {
  test.each(messages)('$id is whole, and encodes to what it says', ({ hex }) => {
    const message = decodeMessage(hex);
    expect(toHex(message.bytes)).toBe(hex);
    // Some readers write short lengths in their long form: what counts is what is in the message.
    expect(partsOf(decodeMessage(encodeMessage(message)))).toEqual(partsOf(message));
  });

  test.each(messages)('$id keeps its shape when it is redacted, and is redacted once', ({ hex }) => {
    const redacted = redact(decodeMessage(hex));
    expect(redacted.bytes).toHaveLength(hex.length / 2);
    expect(toHex(redact(redacted).bytes)).toBe(toHex(redacted.bytes));
    expect(lineOf(redacted).split('\n')).toHaveLength(1);
  });
});

/** Start Transaction: ways to pay, and seconds, by the labels and the manual's meaning of A3 and 82. */
const starts = {
  'pj-001': 'tap, 10 s',
  'pj-002': 'insert, 10 s',
  'pj-003': 'insert swipe, 10 s',
  'pj-004': 'insert tap swipe, 10 s',
  'pj-005': 'insert tap swipe, 30 s',
  'pj-007': 'insert, 60 s', // CONTACT ONLY
  'pj-008': 'swipe, 60 s', // MSR ONLY
  'pj-010': 'insert tap swipe, 60 s', // ALL
  'pj-012': 'tap, 60 s', // CONTACTLESS + BARCODE DISABLED
  'pj-015': 'insert barcode, 60 s', // CONTACT + BARCODE ENABLED
  'pj-016': 'swipe, 60 s', // MSR + BARCODE DISABLED
  'pj-017': 'swipe barcode, 60 s', // MSR + BARCODE ENABLED
  'pj-019': 'insert tap swipe barcode, 60 s', // ALL + BARCODE ENABLED
  'pj-073': 'insert tap swipe, 120 s',
  'pj-074': 'insert tap swipe, 120 s',
} as const;

/** Identifier and name of the property, and its value in words where the label says one. */
const properties: Readonly<Record<string, readonly [oid: string, name: string, value?: string]>> = {
  'pj-025': ['2.1.2.2.2.2', 'Main firmware id'],
  'pj-051': ['2.1.2.5.3.1', 'WLAN module firmware id'],
  'pj-065': ['2.1.2.1.1.2', 'Boot firmware id'],
  'pj-067': ['2.1.2.5.6.3', 'WLAN IP address in use'],
  'pj-070': ['1.2.2.1.1.1', 'WLAN SSID'],
  'pj-072': ['1.2.2.1.1.3', 'WLAN security mode'],
  'pj-075': ['1.2.2.1.1.3', 'WLAN security mode', 'PSK'],
  'pj-077': ['1.2.2.1.1.5', 'WLAN address mode'],
  'pj-078': ['1.2.2.1.1.5', 'WLAN address mode', 'DHCP'],
  'pj-093': ['1.2.1.1.1.2', 'Enhanced application id selection'],
  'pj-094': ['1.2.2.1.1.11', 'WLAN mode'],
  'pj-097': ['1.2.2.1.2.4', 'MQTT subscribe topic'],
  'pj-098': ['1.2.2.1.2.5', 'MQTT publish topic'],
  'pj-100': ['1.2.7.1.2.1', 'User event notification controls'],
  'pj-102': ['1.2.1.1.1.2', 'Enhanced application id selection', 'enabled'],
  'pj-107': ['1.2.2.2.1.2', 'USB configuration', 'automatic iAP'],
  'pj-108': ['1.2.7.1.2.1', 'User event notification controls', 'none'],
  'pj-109': ['1.2.7.1.2.1', 'User event notification controls', 'contactless presented, contactless removed'],
  'pj-110': [
    '1.2.7.1.2.1',
    'User event notification controls',
    'contactless presented, contactless removed, card inserted, card removed, card swiped',
  ],
  'pj-111': [
    '1.2.7.1.2.1',
    'User event notification controls',
    'contactless presented, contactless removed, card inserted, card removed, barcode read',
  ],
  'pj-113': ['1.1.1.1.2.2', 'Tip configuration for local start'],
  'pj-115': ['1.2.3.1.2.1', 'Display orientation', 'stripe reader at the top'],
  'pj-116': ['1.2.3.1.2.1', 'Display orientation', 'stripe reader at the right'],
  'pj-118': ['1.2.3.1.2.1', 'Display orientation', 'stripe reader at the bottom'],
  'dp-01': ['1.1.1.1.1.1', 'EMV terminal identification'],
  'dp-02': ['1.1.1.1.1.1', 'EMV terminal identification', '00000000'],
  'dp-03': ['1.2.1.1.1.1', 'Device-driven fallback'],
  'dp-04': ['1.2.7.1.1.1', 'Control of the reset-occurred notification'],
  'dp-05': ['1.2.7.1.1.1', 'Control of the reset-occurred notification', 'never'],
  'dp-10': ['1.2.5.2.1.1', 'Device lock state'],
  'dp-11': ['1.2.5.2.1.1', 'Device lock state', 'unlocked'],
  'dp-12': ['2.1.2.3.B.1', 'UnionPay kernel id'],
  'mg-05': ['1.2.7.1.1.4', '(name not confirmed; belongs to the reset group)', 'FFFF'],
  'mg-06': ['1.2.7.1.1.4', '(name not confirmed; belongs to the reset group)', 'FFFF'],
  'sdk-01': ['2.3.1.2.1.4', 'Battery level'],
  'sdk-02': ['1.2.3.2.1.1', 'Beeper volume in percent', '50 %'],
  'sdk-04': ['1.2.2.2.1.2', 'USB configuration', 'iAP'],
  'sdk-05': ['1.2.2.2.1.2', 'USB configuration', 'automatic iAP'],
  'sdk-06': ['1.1.2.2.1.3', 'Leading unmasked PAN characters', '06'],
};

/** Files by their ids. */
const files: Readonly<Record<string, readonly [title: string, file: string]>> = {
  'pj-043': ['Start Send File', '05000100 trust of MQTT'],
  'pj-045': ['Get File', '03000100 certificate chain of the vendor'],
  'pj-049': ['Get File', '03000900 trust configuration'],
  // These five ask for D821 in their head, and for D825 in their payload.
  'pj-054': ['Get File', '00000000 configuration'],
  'pj-055': ['Get File', '00000200'],
  'pj-058': ['Get File', '00000500'],
  'pj-060': ['Get File', '00000700'],
  'pj-062': ['Get File', '00000900'],
  'pj-068': ['Start Send File', '05000100 trust of MQTT'],
  'pj-076': ['Start Send File', '05000000 trust of the WebSocket'],
  'pj-080': ['Start Send File', '05000000 trust of the WebSocket'],
  'mg-04': ['Start Send File', '02000000 idle page image'],
};

/** The others, as they are described. */
const lines: Readonly<Record<string, string>> = {
  'pj-020': 'Report Selection 0 (ref 0)',
  'pj-021': 'Report Selection 1 (ref 0)',
  'pj-030': 'Buzzer (ref 3)',
  'pj-031': 'Buzzer (ref 3)',
  'pj-033': 'Buzzer (ref 3)',
  'pj-036': 'Buzzer (ref 3)',
  'pj-037': 'Buzzer (ref 3)',
  'pj-038': 'Buzzer (ref 3)',
  'pj-039': 'Buzzer (ref 3)',
  'pj-041': 'Buzzer (ref 3)',
  'pj-069': 'Reset Device (ref 18)',
  'pj-081': 'Key Information (ref 34)',
  'pj-083': 'NFC Pass-Through (NTAG, MIFARE Ultralight) (ref 38)',
  'pj-084': 'Show Image (ref 44)',
  'pj-085': 'Show Image (ref 44)',
  'pj-087': 'Request PIN (ref 50)',
  'pj-088': 'Request PIN for Card (ref 50)',
  'pj-090': 'Display Message “AMOUNT” (ref 85)',
  'pj-092': 'Display Message “DECLINED” (ref 85)',
  'pj-114': 'Generate Key for a Certificate Request (ref 85)',
  'pj-120': 'NFC Pass-Through (NTAG, MIFARE Ultralight) (ref 100)',
  'pj-121': 'NFC Pass-Through (NTAG, MIFARE Ultralight) (ref 103)',
  'pj-122': 'Request PIN (ref 122)',
  'pj-123': 'Request PIN (ref 122)',
  'pj-126': 'File 05000000 to the reader, 1952 bytes',
  'pj-127': 'File 05000000 to the reader, 2555 bytes',
  'pj-128': 'File 05000100 to the reader, 2113 bytes',
  'pj-129': 'File 05000100 to the reader, 2196 bytes',
  'mg-01': 'Resume Transaction done (ref 6)',
  'mg-03': 'Start Send File done (ref 7)',
  'sdk-09': 'Reset Device (ref 15)',
  'ext-01': 'Echo (ref 0)',
};

describe('what they say', () => {
  test.each(Object.entries(starts))('%s starts a sale of 1.00 USD by %s', (id, ways) => {
    const message = decodeMessage(hexOf(id));
    expect(lineOf(message)).toBe(`Start Transaction 1.00 USD, ${ways} (ref ${String(message.reference)})`);
    // Nothing of a start is of a card.
    expect(toHex(redact(message).bytes)).toBe(hexOf(id));
  });

  test.each(Object.entries(properties))('%s is about the property %j', (id, [oid, name, value]) => {
    const message = decodeMessage(hexOf(id));
    expect(lineOf(message)).toContain(`Property ${message.kind === 'response' ? 'done ' : ''}${oid} ${name} (ref`);
    const [found] = readProperties(message.payload);
    expect(found?.oid).toBe(oid);
    if (value === undefined) return;
    expect(readPropertyValue(oid, found?.value ?? new Uint8Array(0))).toBe(value);
    if (message.kind === 'response') expect(readPropertyAnswers(message)).toMatchObject([{ oid, name, text: value }]);
    // None of these values is secret.
    expect(toHex(redact(message).bytes)).toBe(hexOf(id));
  });

  test.each(Object.entries(files))('%s is about the file %j', (id, [title, file]) => {
    const message = decodeMessage(hexOf(id));
    expect(lineOf(message)).toBe(`${title} (ref ${String(message.reference)})`);
    expect(flat(messageTree(message)).find(({ label }) => label === 'File id')?.reading).toBe(file);
  });

  test.each(Object.entries(lines))('%s is described as %s', (id, line) => {
    expect(lineOf(decodeMessage(hexOf(id)))).toBe(line);
  });

  test('leaves none out', () => {
    const looked = [starts, properties, files, lines].flatMap((table) => Object.keys(table));
    expect(looked.sort()).toEqual(messages.map(({ id }) => id).sort());
  });
});

describe('what a log shows of them', () => {
  const redactedOf = (id: string) => redact(decodeMessage(hexOf(id)));

  test.each(['pj-087', 'pj-122', 'pj-123'])('%s: no digit of the account number of a PIN request', (id) => {
    const { payload } = redactedOf(id);
    expect(toHex(findTlv(payload, 'A1/82')?.value ?? new Uint8Array(0))).toBe('2A'.repeat(6));
    expect(toHex(findTlv(payload, 'A1/81')?.value ?? new Uint8Array(0))).toBe('0C');
  });

  test.each(['pj-083', 'pj-121'])('%s: of what is sent to a tag the command only', (id) => {
    expect(toHex(redactedOf(id).payload[0]?.value ?? new Uint8Array(0))).toMatch(/^3[0A]2A2A$/);
  });

  test.each(['pj-126', 'pj-127', 'pj-128', 'pj-129'])('%s: of a trust file its type only', (id) => {
    const message = redactedOf(id);
    const contents = message.kind === 'file' ? toHex(message.contents) : '';
    expect(contents).toMatch(/^4D47544B41503130C10405000[01]00/);
    expect(contents).not.toContain(toHex(new TextEncoder().encode('BEGIN CERTIFICATE')));
  });

  test('the tip buttons as they are, in a start and in a property', () => {
    for (const id of ['pj-073', 'pj-074', 'pj-113']) expect(toHex(redactedOf(id).bytes)).toBe(hexOf(id));
    // A card number in their place is hidden.
    const stolen = hexOf('pj-073').replace('0100000015000000', '4111111111111111');
    expect(toHex(redact(decodeMessage(stolen)).bytes)).not.toContain('4111111111111111');
  });

  test('which keys are asked for, and nothing of the answer', () => {
    expect(toHex(redactedOf('pj-081').bytes)).toBe(hexOf('pj-081'));
  });
});

test('card data with selectable data have tags of four bytes, and KSNs of triple DES and of AES', () => {
  const blob = readBlob(parseHex(hexOf('gw-aes-selectable-contact')));
  expect(blob).toMatchObject({
    serialNumber: 'BE0010A',
    ksn: '9070040BE0010A400005',
    encryption: '80',
    maskedPan: '5413********4111',
    cardType: 'contact',
    fallback: 'none',
    brand: 'mastercard',
    encryptedLength: 280,
  });
  const valueOf = (tag: string): string => toHex(searchTlv(blob.tlv, tag)?.value ?? new Uint8Array(0));
  expect(valueOf('DFDFDF37')).toHaveLength(96);
  expect(valueOf('DFDFDF38')).toHaveLength(24);
  expect(valueOf('DFDFDF39')).toBe('9D');
});
