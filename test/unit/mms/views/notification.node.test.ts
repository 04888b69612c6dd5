/** A notification is read once, into the events that it reports; codes as published [PJ, DP 0101, MG p235]. */
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { toMessage } from '../../../../src/mms/encode.js';
import { parseHex } from '../../../../src/mms/hex.js';
import type { TlvInput } from '../../../../src/mms/tlv.js';
import { readCardEvent } from '../../../../src/mms/views/card-event.js';
import { readNotification } from '../../../../src/mms/views/notification.js';
import constructed from '../../../support/vectors/constructed-messages.json' with { type: 'json' };

const notification = (id: number, detail: string, payload: readonly TlvInput[] = []) =>
  toMessage({ kind: 'notification', id, detail: parseHex(detail), payload });
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const eventsOf = (message: ReturnType<typeof notification>): string[] =>
  Array.from(readNotification(message), ({ event }) => event);

test.each([
  [0x0101, '08010100', { via: 'swipe', action: 'swiped', during: 'transaction' }],
  [0x0101, '10010200', { via: 'contact', action: 'inserted', during: 'transaction' }],
  [0x0101, '20010400', { via: 'contactless', action: 'detected', during: 'transaction' }],
  [0x0101, '20010402', { via: 'contactless', action: 'detected', during: 'transaction', tagType: 'mifare-classic-1k' }],
  [0x1001, '01000000', { via: 'contactless', action: 'presented', during: 'idle' }],
  [0x1001, '01040000', { via: 'swipe', action: 'swiped', during: 'idle' }],
  [0x1001, '00020050', undefined],
  [0x0101, '10080202', undefined],
  [0x0105, '00000000', undefined],
])('%i with %s is the card event %j', (id, detail, expected) => {
  expect(readCardEvent(notification(id, detail))).toEqual(expected);
});

test('a unique id is a tag that was detected', () => {
  const inner = { tag: '84', value: parseHex('DF790704A1B2C3D4E5F6') };
  expect(readCardEvent(notification(0x0101, '20080402', [inner]))).toEqual({
    via: 'contactless',
    action: 'detected',
    during: 'transaction',
    uid: '04A1B2C3D4E5F6',
  });
});

test.each([
  ['a card', notification(0x0101, '10010200'), ['card']],
  [
    'a PIN',
    notification(0x0205, '00000000', [{ tag: 'F5', children: [{ tag: '99', value: parseHex('0102') }] }]),
    ['pin'],
  ],
  ['a barcode', notification(0x0101, '30080002', [{ tag: 'DF74', value: ascii('HELLO') }]), ['barcode']],
  ['a touch', notification(0x1001, '01050000', [{ tag: '81', value: parseHex('00100020') }]), ['touch']],
  ['a text', notification(0x1803, '02FFFFFF', [{ tag: '83', value: ascii('PRESENT CARD') }]), ['display']],
  [
    'a choice, which is a text too',
    notification(0x1803, '02FFFFFF', [{ tag: '83', value: parseHex('003C41004200') }]),
    ['display', 'selection-request'],
  ],
  ['nothing that is known', notification(0x0905, '00000000'), []],
] as const)('%s', (_, message, events) => {
  expect(eventsOf(message)).toEqual(events);
});

test('card data', () => {
  const message = decodeMessage(constructed.messages.find(({ name }) => name === 'contact-arqc')?.hex ?? '');
  expect(message.kind === 'notification' && eventsOf(message)).toEqual(['card-data']);
});
