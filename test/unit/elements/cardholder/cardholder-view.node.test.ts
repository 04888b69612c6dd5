/** The views of a cardholder, as a table: no reader, no page. */
import { describe, expect, test } from 'vitest';
import {
  answered,
  cardMoved,
  cardRead,
  EMPTY,
  phaseEntered,
  saleEnded,
  shownText,
  type CardholderView,
} from '../../../../src/elements/cardholder/cardholder-view.js';
import { displayStrings } from '../../../../src/mms/tables/display-strings.js';
import type { CardAction, CardDataDetail, CardInterface } from '../../../../src/transactions/card.js';
import type { Outcome } from '../../../../src/transactions/outcome.js';
import type { TransactionResult } from '../../../../src/transactions/transaction.js';

type Change = (view: CardholderView) => CardholderView;

const card =
  (via: CardInterface, action: CardAction, during: 'idle' | 'transaction' = 'transaction'): Change =>
  (view) =>
    cardMoved(view, { via, action, during });
const text =
  (words: string): Change =>
  (view) =>
    shownText(view, { text: words, clear: words === '' });
const data =
  (about: Partial<CardDataDetail> = {}): Change =>
  (view) =>
    cardRead(view, {
      ...{ kind: 'arqc', via: 'contact', transactionId: '1', tlv: [], bytes: new Uint8Array(), serialNumber: '' },
      ...{ maskedPan: '', last4: '', entryMode: 'contact', cardType: 'contact', fallback: 'none', tracks: {} },
      ...{ clearTags: [], ksn: '', encryption: '', encrypted: new Uint8Array() },
      ...about,
    });
const ended =
  (outcome: Outcome): Change =>
  (view) =>
    saleEnded(view, { outcome } as TransactionResult);
const authorizing: Change = (view) => phaseEntered(view, 'authorizing');

const after = (...changes: readonly Change[]): CardholderView => changes.reduce((view, change) => change(view), EMPTY);

/** Terminal verification results with a bit of the second byte. */
const tvr = (second: number): CardDataDetail['tlv'] => [
  { tag: '95', value: Uint8Array.of(0, second, 0, 0, 0), offset: 0 },
];

describe('while a sale runs', () => {
  test.each([
    ['REMOVE CARD', 'remove'],
    ['CARD READ OK - REMOVE CARD', 'remove'],
    ['PRESENT ONE CARD ONLY', 'collision'],
    ['USE CHIP READER', 'chip'],
    ['USE MAGSTRIPE', 'stripe'],
    ['CARD ERROR', 'unreadable'],
    ['NOT ACCEPTED', 'not-accepted'],
    ['TRY AGAIN', 'again'],
    ['PRESENT CARD AGAIN', 'again'],
    ['INSERT, SWIPE, OR TRY ANOTHER CARD', 'again'],
    ['SEE PHONE', 'phone'],
    ['AUTHORIZING PLEASE WAIT', 'wait'],
  ] as const)('the reader’s “%s” means %s', (words, prompt) => {
    expect(Object.values(displayStrings)).toContain(words);
    expect(after(text(words))).toMatchObject({ text: words, prompt });
  });

  test('a text that says nothing of this changes the text alone', () => {
    const before = after(card('contact', 'inserted'));
    expect(text('AMOUNT OK?')(before)).toEqual({ ...before, text: 'AMOUNT OK?' });
  });

  test.each([
    ['a collision', [card('contactless', 'collision')], 'collision'],
    ['the one card after it', [card('contactless', 'collision'), card('contactless', 'detected')], 'wait'],
    ['a chip that is taken out before it was read', [card('contact', 'inserted'), card('contact', 'removed')], 'again'],
    ['one that was read', [card('contact', 'inserted'), data(), card('contact', 'removed')], 'wait'],
    ['a chip that failed, then the stripe', [card('contact', 'inserted'), text('USE MAGSTRIPE')], 'stripe'],
    ['the host being asked', [card('contact', 'inserted'), data(), authorizing], 'wait'],
    ['a card at the idle reader', [card('contact', 'inserted', 'idle')], undefined],
  ] as const)('after %s', (_, changes, prompt) => {
    expect(after(...changes).prompt).toBe(prompt);
  });
});

describe('when the sale is over', () => {
  const read = [card('contact', 'inserted'), data()] as const;
  const swiped = (about: Partial<CardDataDetail>): readonly Change[] => [
    card('swipe', 'swiped'),
    data({ via: 'swipe', cardType: 'stripe', ...about }),
  ];
  test.each([
    ['a card in the slot', [...read, ended('approved')], ['remove']],
    ['a card in the slot, cancelled', [card('contact', 'inserted'), ended('cancelled')], ['remove']],
    ['a card that was taken out', [...read, card('contact', 'removed'), ended('approved')], []],
    ['one that is taken out then', [...read, ended('approved'), card('contact', 'removed', 'idle')], []],
    ['a tapped card', [card('contactless', 'detected'), data({ via: 'contactless' }), ended('approved')], []],
    [
      'an expired card',
      [card('contact', 'inserted'), data({ tlv: tvr(0x40) }), ended('declined')],
      ['expired', 'remove'],
    ],
    [
      'an expired card, approved',
      [card('contact', 'inserted'), data({ tlv: tvr(0x40) }), ended('approved')],
      ['remove'],
    ],
    ['other results', [card('contact', 'inserted'), data({ tlv: tvr(0xbf) }), ended('declined')], ['remove']],
    ['no track read', [...swiped({ tracks: { 1: 'empty', 2: 'error' } }), ended('failed')], ['side']],
    ['track 2 not read', [...swiped({ tracks: { 1: 'good', 2: 'error' } }), ended('unknown')], ['side']],
    ['a stripe with nothing on it', [...swiped({ tracks: { 1: 'empty', 2: 'empty' } }), ended('declined')], []],
    ['track 2 read', [...swiped({ tracks: { 1: 'error', 2: 'good' } }), ended('declined')], []],
    ['the stripe of a chip card', [...swiped({ cardType: 'stripe-with-chip' }), ended('declined')], ['chip']],
    [
      'the stripe of a card whose chip failed',
      [...swiped({ cardType: 'stripe-with-chip', fallback: 'technical' }), ended('declined')],
      [],
    ],
  ] as const)('%s', (_, changes, hints) => {
    const { hints: shown, prompt } = after(...changes);
    expect(shown).toEqual(hints);
    expect(['approved', 'declined', 'cancelled', 'failed', 'unknown']).toContain(prompt);
  });

  test('the next sale asks for the card that is still in the slot, where the reader reports that it goes', () => {
    const starting: Change = (view) => phaseEntered(view, 'starting');
    const watched = card('contact', 'removed', 'idle');
    expect(after(watched, ...read, ended('approved'), starting)).toMatchObject({
      prompt: 'remove',
      pictures: ['remove'],
    });
    expect(after(watched, ...read, ended('approved'), starting, watched).prompt).toBeUndefined();
    expect(after(...read, ended('approved'), starting).prompt).toBe('approved');
  });

  test('the next sale begins with nothing of it, and knows that a card is in the slot', () => {
    const request = { id: 0x1001, payload: [] } as unknown as Parameters<typeof answered>[1]['request'];
    const response = { status: { ok: true } } as Parameters<typeof answered>[1]['response'];
    const view = after(...read, ended('declined'), (before) =>
      answered(before, { request, response, milliseconds: 1 }),
    );
    expect(view).toMatchObject({ prompt: 'card', hints: [], isSeated: true, isRead: false });
    expect(ended('cancelled')(view).hints).toEqual(['remove']);
  });
});
