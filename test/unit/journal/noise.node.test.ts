/** Data that are not a message cost nothing but their own entry, however big they are. */
import { expect, test } from 'vitest';
import { Journal } from '../../../src/journal/journal.js';
import { cardMessage, dataMessage, PlayedSale } from '../../support/played-sale.js';

const SIX_MEGABYTES = 6 * 1024 * 1024;

test('six megabytes of noise are cut, and the sale and the connection go on', async () => {
  const played = await PlayedSale.connected();
  const sale = await played.accepted();
  played.transport.noise('4'.repeat(SIX_MEGABYTES));
  played.transport.noise(new Uint8Array(SIX_MEGABYTES));
  await played.deliver(cardMessage(), dataMessage('arqc'));
  expect(played.asked).toHaveLength(1);
  const noise = played.client.journal.entries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  expect(noise.map((text) => text.length < 10_000)).toEqual([true, true]);
  expect(noise[0]).toContain(String(SIX_MEGABYTES));
  played.client.disconnect();
  expect(played.client.state).toBe('closed');
  await sale.result;
});

test('a card number where noise is cut is masked', () => {
  const journal = new Journal({ size: 10, onError: () => undefined });
  for (let before = 4_070; before < 4_100; before++)
    journal.add({ at: 0, data: `${'x'.repeat(before - 1)} 4111111111111111 ${'y'.repeat(9_000)}` });
  for (const { data } of journal.entries) expect(data).not.toMatch(/4111111/);
});

test('an entry that cannot be kept costs no other', () => {
  const errors: unknown[] = [];
  const journal = new Journal({ size: 10, onError: (error) => errors.push(error) });
  journal.add({ at: 1, note: 'before' });
  journal.add({ at: 2, note: { length: 1 } as unknown as string });
  journal.add({ at: 3, note: 'after' });
  expect(journal.entries.map(({ at }) => at)).toEqual([1, 3]);
  expect(errors).toHaveLength(1);
});
