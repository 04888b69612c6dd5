/** Values of messages as hexadecimal text, without trees: the same as in the trees. Bytes of objects are held to theirs in `tlv.node.test.ts`. */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { encodeMessage, toMessage } from '../../../src/mms/encode.js';
import { MmsError } from '../../../src/mms/error.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsMessage } from '../../../src/mms/message.js';
import { searchHex } from '../../../src/mms/search-hex.js';
import { encodeTlv, searchTlv, type TlvNode } from '../../../src/mms/tlv.js';
import { readCardContainer } from '../../../src/mms/views/card-container.js';
import examples from '../../support/vectors/command-examples.json' with { type: 'json' };
import constructed from '../../support/vectors/constructed-messages.json' with { type: 'json' };
import published from '../../support/vectors/more-messages.json' with { type: 'json' };
import { errorOf } from '../../support/error-of.js';

const tagsOf = (nodes: readonly TlvNode[]): string[] =>
  nodes.flatMap(({ tag, children = [] }) => [tag, ...tagsOf(children)]);

/** In the payload, else in the container of card data. */
function inTrees(message: MmsMessage, tag: string): string | undefined {
  const node = searchTlv(message.payload, tag) ?? searchTlv(readCardContainer(message)?.tlv ?? [], tag);
  return node && toHex(node.value);
}

const vectors = [...examples.examples, ...constructed.messages, ...published.filter(({ id }) => !id.startsWith('gw-'))];

test('every published message has the values of its trees, in the order of the tags', () => {
  let found = 0;
  for (const { hex } of vectors) {
    const message = decodeMessage(hex);
    const tags = ['DFDF7E', ...tagsOf(message.payload), ...tagsOf(readCardContainer(message)?.tlv ?? []), '9F02'];
    const values = searchHex(message, tags);
    expect(values).toEqual(tags.map((tag) => inTrees(message, tag)));
    found += values.filter((value) => value !== undefined).length;
  }
  expect(found).toBeGreaterThan(vectors.length);
});

/** Notification 0101 of a contact ARQC whose inner object 84 is this. */
const cardData = (data: Uint8Array): MmsMessage =>
  toMessage({
    kind: 'notification',
    id: 0x0101,
    detail: parseHex('03000300'),
    payload: [{ tag: '84', value: data }],
  });

describe('where there is nothing to look through', () => {
  const file = toMessage({ kind: 'file', id: 0xd821, fileId: '02000000', contents: parseHex('8101AA') });
  const opaque = toMessage({
    kind: 'notification',
    id: 0x1803,
    detail: parseHex('00000000'),
    payload: [],
    opaque: parseHex('81'),
  });

  test.each([
    ['a file', file],
    ['an opaque payload', opaque],
    ['a message without a payload', decodeMessage('AA0081040155 1F01')],
    ['card data without their object', decodeMessage('AA008104830001018204030003008402 0101'.replaceAll(' ', ''))],
    ['card data of three bytes', cardData(parseHex('0001F8'))],
    ['card data without a container', cardData(parseHex('0003810100'))],
    ['card data of a length only', cardData(parseHex('0000'))],
  ])('%s has no value', (_, message) => {
    expect(searchHex(message, ['81', 'DFDF25'])).toEqual([undefined, undefined]);
  });
});

test('padding before the payload of a message is passed over', () => {
  const message = decodeMessage('AA00000081040155D101000084051234890142');
  expect(searchHex(message, ['89'])).toEqual(['42']);
});

test('values are whole however long they are', () => {
  for (const length of [0, 1, 15, 16, 63, 64, 65, 300]) {
    const value = Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff);
    expect(searchHex(encodeTlv([{ tag: '9F02', value }]), ['9F02'])).toEqual([toHex(value)]);
  }
});

test('what the payload has is not taken from the card data', () => {
  const container = encodeTlv([{ tag: 'F9', children: [{ tag: '84', value: parseHex('AA') }] }]);
  const data = parseHex(`${container.length.toString(16).padStart(4, '0')}${toHex(container)}0000000012345678`);
  const message = cardData(data);
  expect(searchHex(message, ['84', 'F9'])).toEqual([toHex(data), '8401AA']);
});

test('a container that is cut short is refused, with the place in the message', () => {
  const error = errorOf(() => searchHex(cardData(parseHex('0005F903810200')), ['81']));
  expect(error).toBeInstanceOf(MmsError);
  expect(error).toMatchObject({ code: 'truncated' });
});

test('a message that was built finds what was put in', () => {
  const bytes = encodeMessage({ kind: 'request', id: 0xd101, payload: [{ tag: '89', value: parseHex('0102') }] });
  expect(searchHex(decodeMessage(bytes), ['89', '88'])).toEqual(['0102', undefined]);
});
