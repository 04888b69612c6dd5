import { expect, test } from 'vitest';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import { faults, type FaultName } from '../../../src/simulator/faults/index.js';
import { Bench, seed } from './bench.js';

const GET = seed('Get SN');
const whole = (): string => {
  const bench = new Bench();
  bench.send(GET);
  return toHex(bench.frames[0]!);
};
const broken = (name: FaultName): Bench => {
  const bench = new Bench();
  bench.reader.startFault(name);
  bench.clock.pass(0);
  return bench;
};
const heard = (bench: Bench): string[] => bench.frames.map(toHex);
const nextReference = (hex: string): string => hex.slice(0, 10) + 'B6' + hex.slice(12);

test('mute: commands are carried out, nothing is said', () => {
  const bench = broken('mute');
  bench.send(seed('Start EMV'));
  expect(bench.frames).toEqual([]);
  expect(bench.reader.face.state).toBe('transaction');
});

test('slow: everything comes three seconds late', () => {
  const bench = broken('slow');
  bench.send(GET);
  bench.clock.pass(2_999);
  expect(bench.frames).toEqual([]);
  bench.clock.pass(1);
  expect(heard(bench)).toEqual([whole()]);
});

test('busy: every command is refused', () => {
  expect(broken('busy').ask(GET).status).toMatchObject({ summary: 0x80, detail: '020308' });
});

test('drop: the next command cuts the connection', () => {
  const bench = broken('drop');
  bench.send(GET);
  expect(bench.ends).toEqual(['cut']);
  expect(bench.frames).toEqual([]);
  expect(bench.reader.face.clients).toBe(0);
});

test('drop-after: the next command is carried out, and the connection is cut before the answer', () => {
  const bench = broken('drop-after');
  bench.send(seed('Start EMV'));
  expect(bench.ends).toEqual(['cut']);
  expect(bench.frames).toEqual([]);
  expect(bench.reader.face).toMatchObject({ state: 'transaction', clients: 0 });
});

test('one command is refused with any status', () => {
  const bench = new Bench();
  bench.reader.refuseNext('020316');
  expect(bench.ask(seed('Start EMV')).status).toMatchObject({ summary: 0x80, detail: '020316' });
  expect(bench.reader.face.state).toBe('idle');
  expect(bench.ask(seed('Start EMV')).status.ok).toBe(true);
  expect(() => {
    bench.reader.refuseNext('no status');
  }).toThrow(RangeError);
});

test('garbage: bytes that are no message come first', () => {
  const [noise, message] = heard(broken('garbage').after(GET));
  expect(noise).toMatch(/^FF/);
  expect(message).toBe(whole());
});

test('truncated: half of a message arrives', () => {
  const [half] = heard(broken('truncated').after(GET));
  expect(whole().startsWith(half!)).toBe(true);
  expect(half!.length).toBe(Math.ceil(whole().length / 4) * 2);
});

test('duplicate: answers come twice, notifications once', () => {
  const bench = broken('duplicate').after(GET);
  expect(heard(bench)).toEqual([whole(), whole()]);
  bench.reader.remove();
  bench.reader.insert();
  bench.reader.remove();
  bench.clock.pass(0);
  expect(bench.codes).toEqual(['0101 10010300']);
});

test('wrong reference: the answer is under the number of another command', () => {
  expect(heard(broken('wrong-reference').after(GET))).toEqual([nextReference(whole())]);
});

test('foreign: somebody else’s answer comes first', () => {
  expect(heard(broken('foreign').after(GET))).toEqual([nextReference(whole()), whole()]);
});

test('low battery: it is told, and cards cannot be read until it is charged', () => {
  const bench = broken('low-battery');
  expect(bench.codes).toEqual(['1001 00020005']);
  expect(bench.reader.face.battery).toBe(5);
  expect(bench.ask(seed('Start EMV')).status.detail).toBe('020316');
  expect(bench.ask(GET).status.ok).toBe(true);
  bench.reader.endFault('low-battery');
  bench.clock.pass(0);
  expect(bench.codes).toEqual(['1001 00020005', '1001 00020200']);
  expect(bench.ask(seed('Start EMV')).status.ok).toBe(true);
});

test('reset: the connection ends, and the reader comes back', () => {
  const bench = broken('reset');
  bench.clock.pass(1_000);
  expect(bench.codes).toEqual(['1001 00030000']);
  expect(bench.ends).toEqual(['dropped']);
  expect(bench.join()).toBeDefined();
  expect(bench.reader.face.faults).toEqual([]);
});

test('full: new clients are turned away, old ones stay', () => {
  const bench = broken('full');
  expect(bench.ask(GET).status.ok).toBe(true);
  expect(bench.join()).toBeUndefined();
  bench.reader.endFault('full');
  expect(bench.join()).toBeDefined();
});

test('half-open: nothing passes, and nothing is carried out', () => {
  const bench = broken('half-open');
  bench.send(seed('Start EMV'));
  expect(bench.frames).toEqual([]);
  expect(bench.ends).toEqual([]);
  expect(bench.reader.face.state).toBe('idle');
});

test('offline: a sale ends without a word, commands are refused and cards not seen', () => {
  const bench = new Bench();
  bench.send(seed('Start EMV'));
  bench.reader.startFault('offline');
  expect(bench.reader.face).toMatchObject({ state: 'offline', display: 'OUT OF SERVICE', faults: ['offline'] });
  expect(bench.ask(GET).status.detail).toBe('010109');
  bench.reader.insert();
  expect(bench.reader.face.seated).toBeUndefined();
  bench.reader.endFault();
  expect(bench.reader.face).toMatchObject({ state: 'idle', faults: [] });
  expect(bench.ask(seed('Start EMV')).status.ok).toBe(true);
});

test('several at once add up, and an unknown one is named', () => {
  const bench = new Bench();
  bench.reader.startFault('duplicate');
  bench.reader.startFault('wrong-reference');
  bench.send(GET);
  expect(heard(bench)).toEqual([nextReference(whole()), nextReference(whole())]);
  expect(() => {
    bench.reader.startFault('nothing' as FaultName);
  }).toThrow(/mute, slow/);
});

test('every fault says what it is, and leaves a reader that works when it ends', () => {
  for (const name of Object.keys(faults) as FaultName[]) {
    expect(faults[name].title, name).not.toBe('');
    expect(faults[name].help, name).toMatch(/\.$/);
    const bench = broken(name);
    bench.send(GET);
    bench.reader.endFault();
    bench.clock.pass(10_000);
    bench.frames.length = 0;
    bench.join();
    bench.send(GET);
    expect(bench.frames.at(-1), name).toEqual(parseHex(whole()));
  }
});
