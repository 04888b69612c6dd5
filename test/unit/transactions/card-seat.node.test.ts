/** The card in the slot: when the next sale waits for it, and when it does not. */
import { describe, expect, test } from 'vitest';
import { CardSeat } from '../../../src/transactions/card-seat.js';
import type { CardAction, CardDetail } from '../../../src/transactions/card.js';

const card = (action: CardAction, during: CardDetail['during'] = 'transaction'): CardDetail => ({
  ...{ via: 'contact', action, during },
});
const WATCHED = card('removed', 'idle');
const INSERTED = card('inserted');

function seatAfter(...events: readonly (CardDetail | 'ended' | 'forgotten')[]): CardSeat {
  const seat = new CardSeat();
  for (const event of events) {
    if (event === 'ended') seat.saleEnded();
    else if (event === 'forgotten') seat.forget();
    else seat.card(event);
  }
  return seat;
}

describe('a start', () => {
  test.each([
    ['waits for the card of the last sale', [WATCHED, INSERTED, 'ended'], true],
    ['waits also where the card came before the start', [card('inserted', 'idle'), 'ended'], true],
    ['does not wait for one that is out', [WATCHED, INSERTED, 'ended', card('removed', 'idle')], false],
    ['does not wait for one that was taken out in the sale', [WATCHED, INSERTED, card('removed'), 'ended'], false],
    ['does not wait for a card that came for it', [WATCHED, INSERTED, 'ended', card('inserted', 'idle')], false],
    ['does not wait where the reader says nothing while idle', [INSERTED, 'ended'], false],
    ['does not wait after a lost connection', [WATCHED, INSERTED, 'ended', 'forgotten'], false],
    [
      'does not wait for a card that was tapped',
      [WATCHED, { via: 'contactless', action: 'detected', during: 'transaction' }, 'ended'],
      false,
    ],
  ] as const)('%s', async (_, events, isBlocked) => {
    const seat = seatAfter(...events);
    expect(seat.isBlocked).toBe(isBlocked);
    let count = 0;
    const started = seat.whenFree(new AbortController().signal, async () => Promise.resolve(++count));
    expect(count).toBe(isBlocked ? 0 : 1);
    seat.card(card('removed', 'idle'));
    expect(await started).toBe(1);
  });

  test('that is given up is not made when the card goes', async () => {
    const seat = seatAfter(WATCHED, INSERTED, 'ended');
    const abort = new AbortController();
    let count = 0;
    const started = seat.whenFree(abort.signal, async () => Promise.resolve(++count));
    abort.abort();
    await expect(started).rejects.toMatchObject({ code: 'aborted' });
    seat.card(card('removed', 'idle'));
    expect(count).toBe(0);
  });

  test('that waits goes on when the connection is lost: there it fails by itself', async () => {
    const seat = seatAfter(WATCHED, INSERTED, 'ended');
    const started = seat.whenFree(new AbortController().signal, () => Promise.resolve('sent'));
    seat.forget();
    expect(await started).toBe('sent');
  });
});
