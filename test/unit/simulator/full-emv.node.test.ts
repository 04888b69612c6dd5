/** The reader's half of full EMV: what it does with the host's answer, without one, and when the connection ends. */
import { describe, expect, test } from 'vitest';
import { tripleDesWorkingKey } from '../../../src/mms/dukpt/triple-des.js';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { decodeTlv, encodeTlv, findTlv, type TlvInput } from '../../../src/mms/tlv.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { des } from '../../../src/simulator/des.js';
import { TEST_BDK } from '../../../src/simulator/dukpt.js';
import { Bench, seed } from './bench.js';

const START = seed('Start EMV');
const SERIAL = 'B571AF2';
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const answerList = (code: string, serial: string): readonly TlvInput[] => [
  { tag: 'DFDF25', value: ascii(serial) },
  { tag: 'FA', children: [{ tag: '70', children: [{ tag: '8A', value: ascii(code) }] }] },
];

const resume = (data: Uint8Array, resumeCode = '00'): string => {
  const parameters = encodeTlv([
    { tag: '81', value: parseHex(resumeCode) },
    { tag: '84', value: data },
  ]);
  return `AA00810401061004${toHex(encodeTlv([{ tag: '84', value: Uint8Array.of(0x10, 0x04, ...parameters) }]))}`;
};
const answer = (code: string, serial = SERIAL): string =>
  resume(encodeTlv([{ tag: 'FF74', children: answerList(code, serial) }]));
const withMac = (code: string): string => {
  const f9 = encodeTlv([{ tag: 'F9', children: answerList(code, SERIAL) }]);
  const padded = new Uint8Array(Math.ceil((2 + f9.length) / 8) * 8 + 4);
  padded.set([f9.length >> 8, f9.length & 0xff, ...f9]);
  return resume(padded);
};

/** A sale that waits for the host. */
function waiting(setUp: (bench: Bench) => void = () => undefined): Bench {
  const bench = new Bench({ flow: 'full-emv' });
  setUp(bench);
  bench.send(START);
  bench.reader.insert('visa');
  bench.clock.pass(100);
  expect(bench.reader.face.phase).toBe('waiting-for-host');
  return bench;
}

const told = (bench: Bench) =>
  bench.messages.flatMap((message) => readCardData(message) ?? []).map(({ kind, result }) => [kind, result]);

/** What is in the batch under the key of the host. */
function batchOf(bench: Bench) {
  const batch = bench.messages.flatMap((message) => readCardData(message) ?? []).at(-1);
  const value = (path: string): Uint8Array =>
    findTlv(batch?.tlv ?? [], `F9/FA/F0/F8/${path}`)?.value ?? new Uint8Array(0);
  return decodeTlv(tripleDesWorkingKey(des, parseHex(TEST_BDK), value('DFDF56')).decryptData(value('DFDF59')));
}

describe('with the answer of the host', () => {
  test.each([
    ['00', 0],
    ['05', 1],
    ['51', 1],
  ])('code %s ends with the result %i', (code, result) => {
    const bench = waiting();
    expect(bench.ask(answer(code)).status).toMatchObject({ running: true, ok: true });
    bench.clock.pass(1_000);
    expect(told(bench)).toEqual([
      ['arqc', undefined],
      ['batch', result],
    ]);
    expect(bench.reader.face.state).toBe('idle');
    expect(toHex(findTlv(batchOf(bench), 'FC/F2/9F27')?.value ?? new Uint8Array(0))).toBe(result === 0 ? '40' : '00');
  });

  test('with MAC', () => {
    const bench = waiting();
    expect(bench.ask(withMac('00')).status.ok).toBe(true);
    bench.clock.pass(1_000);
    expect(told(bench).at(-1)).toEqual(['batch', 0]);
  });

  test('a card that refuses after a yes declines, and leaves what takes the money back', () => {
    const bench = waiting();
    bench.reader.startFault('card-refuses');
    bench.send(answer('00'));
    bench.clock.pass(1_000);
    expect(told(bench).at(-1)).toEqual(['batch', 1]);
    const clear = batchOf(bench);
    expect(toHex(findTlv(clear, 'FC/F3/8A')?.value ?? new Uint8Array(0))).toBe(toHex(ascii('00')));
    expect(findTlv(clear, 'FC/F3/5A')).toBeDefined();
  });

  test('a second answer is refused', () => {
    const bench = waiting();
    bench.send(answer('00'));
    expect(bench.ask(answer('05')).status).toMatchObject({ ok: false, detail: '02030D' });
    bench.clock.pass(1_000);
    expect(told(bench).at(-1)).toEqual(['batch', 0]);
    expect(bench.ask(answer('00')).status).toMatchObject({ ok: false, detail: '020304' });
  });

  test.each([
    ['another reader', answer('00', '0000000')],
    ['no code', answer('')],
    ['another kind of answer', resume(new Uint8Array(0), '01')],
    ['nothing', 'AA0081040106100484021004'],
    ['no list', resume(parseHex('FF7405'))],
  ])('one for %s is refused, and the reader goes on waiting', (_, command) => {
    const bench = waiting();
    expect(bench.ask(command).status).toMatchObject({ ok: false, detail: '020102' });
    expect(bench.reader.face.phase).toBe('waiting-for-host');
    bench.send(answer('00'));
    bench.clock.pass(1_000);
    expect(told(bench).at(-1)).toEqual(['batch', 0]);
  });
});

describe('without an answer', () => {
  test('the ARQC is repeated byte for byte, then the card declines', () => {
    const bench = waiting();
    bench.clock.pass(100_000);
    expect(told(bench)).toEqual([
      ['arqc', undefined],
      ['arqc', undefined],
      ['arqc', undefined],
      ['batch', 1],
    ]);
    const [first, second] = bench.messages.flatMap((message) => readCardData(message) ?? []);
    expect(toHex(second!.bytes)).toBe(toHex(first!.bytes));
  });

  test('time and repeats are properties', () => {
    const set = (oid: string, seconds: number): string =>
      toHex(encodeMessage(commands.setProperty({ oid, value: Uint8Array.of(seconds) })));
    const bench = waiting((each) => {
      expect(each.ask(set('1.1.1.1.1.5', 2)).status.ok).toBe(true);
      expect(each.ask(set('1.1.1.1.1.6', 1)).status.ok).toBe(true);
    });
    bench.clock.pass(2_000);
    expect(told(bench)).toHaveLength(2);
    bench.clock.pass(3_000);
    expect(told(bench).map(([kind]) => kind)).toEqual(['arqc', 'arqc', 'batch']);
  });

  test('a stripe needs no answer', () => {
    const bench = new Bench({ flow: 'full-emv' }).after(START);
    bench.reader.swipe('visa');
    bench.clock.pass(1_000);
    expect(told(bench)).toEqual([
      ['arqc', undefined],
      ['batch', 1],
    ]);
  });
});

describe('when the connection ends', () => {
  test.each([
    ['drop', 'waiting-for-host'],
    ['drop-after', 'completing'],
  ] as const)('%s: the reader is %s', (fault, phase) => {
    const bench = waiting();
    bench.reader.startFault(fault);
    bench.send(answer('00'));
    expect(bench.ends).toEqual(['cut']);
    expect(bench.reader.face.phase).toBe(phase);
    expect(bench.messages.filter(({ kind }) => kind === 'response')).toHaveLength(1);
  });
});
