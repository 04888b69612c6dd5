/** Every command that a source names is answered, and those that show, sound or emulate do what they say. */
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import { commandNames } from '../../../src/mms/tables/commands.js';
import { Bench } from './bench.js';

const hexOf = ({ bytes }: MmsRequest): string => toHex(bytes);

/** Commands of which only the number and the name are published: the reader says that it does not have them. */
const nameOnly = new Set([0x1102, 0x1103, 0xd112, 0xd811, 0xdf01, 0xeeee, 0xef02, 0xef03, 0xef07]);

const numbers = Object.keys(commandNames).map(Number);

test.each(numbers)('%i is answered once under its reference, whatever is missing in it', (id) => {
  const bench = new Bench();
  bench.send(toHex(encodeMessage({ kind: 'request', direction: 'to-reader', id, reference: 0x5a, payload: [] })));
  const answers = bench.messages.filter(({ kind }) => kind === 'response');
  expect(answers).toMatchObject([{ id, reference: 0x5a }]);
  const [answer] = answers;
  expect(answer?.kind === 'response' && answer.status.detail === '010113').toBe(nameOnly.has(id));
});

test('the table of commands holds every command of which only the name is published', () => {
  expect([...nameOnly].every((id) => numbers.includes(id))).toBe(true);
});

describe('an idle reader', () => {
  test.each([
    ['an image', commands.showImage({ slot: 1 })],
    ['a bitmap', commands.showBitmap({ bitmap: Uint8Array.of(0x42, 0x4d) })],
    ['the end of Bluetooth', commands.terminateBle()],
    ['forgotten Bluetooth partners', commands.eraseBleBonds()],
  ])('takes %s', (_, request) => {
    expect(new Bench().ask(hexOf(request)).status).toMatchObject({ summary: 0, detail: '000000' });
  });

  test('shows nothing else while it works', () => {
    const bench = new Bench();
    bench.ask(hexOf(commands.startTransaction({ amount: '1.00' })));
    expect(bench.ask(hexOf(commands.showImage({ slot: 1 }))).status.detail).toBe('020308');
  });
});

describe('card emulation', () => {
  const url = 'https://example.com/i';

  test('lasts for its time, and tells its end', () => {
    const bench = new Bench();
    expect(bench.ask(hexOf(commands.cardEmulation({ url, timeout: 5 }))).status.summary).toBe(0x01);
    expect(bench.reader.face.state).toBe('emulating');
    bench.clock.pass(4_999);
    expect(bench.codes).toEqual([]);
    bench.clock.pass(1);
    expect(bench.codes).toEqual(['1805 06050100']);
    expect(bench.reader.face.state).toBe('idle');
  });

  test('without a time limit lasts until it is cancelled, which is told once', () => {
    const bench = new Bench();
    expect(bench.ask(hexOf(commands.cardEmulation({ url }))).status.summary).toBe(0x00);
    bench.clock.pass(3_600_000);
    expect(bench.reader.face.state).toBe('emulating');
    bench.ask(hexOf(commands.cardEmulation({ stop: true })));
    bench.ask(hexOf(commands.cardEmulation({ stop: true })));
    expect(bench.codes).toEqual(['1805 06050100']);
    expect(bench.reader.face.state).toBe('idle');
  });

  test('does not begin during a sale, without an address, or while a text is shown', () => {
    const bench = new Bench();
    expect(bench.ask('AA00810401101840840518408101 01'.replaceAll(' ', '')).status.detail).toBe('020102');
    bench.ask(hexOf(commands.displayMessage({ message: 3, timeout: 5 })));
    expect(bench.ask(hexOf(commands.cardEmulation({ url }))).status.detail).toBe('020314');
    bench.ask(hexOf(commands.cardEmulation({ stop: true })));
    expect(bench.reader.face).toMatchObject({ state: 'showing', display: 'APPROVED' });
    bench.clock.pass(5_000);
    bench.ask(hexOf(commands.startTransaction({ amount: '1.00' })));
    expect(bench.ask(hexOf(commands.cardEmulation({ url }))).status.detail).toBe('020308');
    expect(bench.reader.face.phase).toBe('waiting-for-card');
  });
});

test('a PIN is asked for a card, whose reading is told before the PIN', () => {
  const bench = new Bench();
  expect(bench.ask(hexOf(commands.requestCardPin())).status.running).toBe(true);
  bench.reader.insert('visa');
  bench.reader.enterPin('1234');
  bench.clock.pass(0);
  expect(bench.codes).toEqual([expect.stringMatching(/^0201 /), expect.stringMatching(/^0205 /)]);
});
