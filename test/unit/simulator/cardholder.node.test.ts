import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import { decodeTlv, findTlv } from '../../../src/mms/tlv.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { readUid } from '../../../src/mms/views/uid.js';
import { testCards } from '../../../src/simulator/test-cards.js';
import { containsCardNumber } from '../../../src/mms/luhn.js';
import { testCardRules } from '../../../src/host/gateways/test-gateway.js';
import { Bench, seed } from './bench.js';

const START = seed('Start EMV');
const arqcs = (bench: Bench) => bench.messages.flatMap((message) => readCardData(message) ?? []);
const set = (oid: string, value: string): string => {
  const [, ...nodes] = oid.split('.').map((node) => node.padStart(2, '0'));
  const last = (0xc0 | parseInt(nodes.pop()!, 16)).toString(16);
  return `AA0081040155D1118410D111850101870${String(nodes.length)}${nodes.join('')}8903${last}01${value}`;
};

test('every payment card has a published number that passes the Luhn check', () => {
  for (const { pan, tag, name } of Object.values(testCards)) {
    if (!tag) expect(containsCardNumber(pan), name).toBe(true);
  }
});

test('there is a card for every rule of the test gateway, with its number', () => {
  const { declined, partlyApproved, unanswered, slowlyAnswered } = testCards;
  const pans = [declined, partlyApproved, unanswered, slowlyAnswered].map(({ pan }) => pan);
  expect(Object.keys(testCardRules).sort()).toEqual(pans.sort());
});

test('a chip card on the stripe says so, so that the host can ask for the chip', () => {
  const bench = new Bench().after(START);
  bench.reader.swipe('chipOnStripe');
  bench.clock.pass(1_000);
  expect(arqcs(bench)[0]).toMatchObject({ via: 'swipe', cardType: 'stripe-with-chip', fallback: 'none' });
});

test('a broken chip falls back to the stripe after three attempts', () => {
  const bench = new Bench().after(START);
  for (const text of ['CARD ERROR', 'CARD ERROR', 'USE MAGSTRIPE']) {
    bench.reader.insert('brokenChip');
    bench.clock.pass(100);
    expect(bench.reader.face).toMatchObject({ display: text, phase: 'waiting-for-card' });
    bench.reader.remove();
  }
  bench.reader.swipe('brokenChip');
  bench.clock.pass(1_000);
  expect(arqcs(bench)[0]).toMatchObject({ via: 'swipe', fallback: 'technical' });
});

test('without device-driven fallback a broken chip ends the sale', () => {
  const bench = new Bench().after(set('1.2.1.1.1.1', '00')).after(START);
  bench.reader.insert('brokenChip');
  bench.clock.pass(1_000);
  expect(bench.reader.face.state).toBe('idle');
  expect(arqcs(bench)).toEqual([]);
  expect(bench.codes.at(-1)).toMatch(/^0105 10/);
});

test('the cardholder chooses an application on the display where that is set', () => {
  const bench = new Bench().after(set('1.2.1.1.1.2', '03')).after(START);
  bench.reader.insert('twoApplications');
  bench.clock.pass(1_000);
  expect(bench.reader.face.choices).toEqual(['VISA CREDIT', 'VISA ELECTRON']);
  bench.reader.select(7);
  expect(bench.reader.face.phase).toBe('selecting');
  bench.reader.select(1);
  bench.clock.pass(1_000);
  expect(arqcs(bench)).toHaveLength(2);
});

test('the cancel key ends what waits for the cardholder', () => {
  const waits = [
    START,
    seed('Request PIN'),
    'AA008104010118018405180181011E',
    'AA00810401021804840B180481010182011E830100',
  ];
  for (const command of waits) {
    const bench = new Bench().after(command);
    bench.reader.cancel();
    bench.clock.pass(10);
    expect(bench.codes, command).toHaveLength(1);
    expect(bench.reader.face.state).toBe('idle');
  }
});

test('a PIN of the wrong length is asked for again, and after a wrong PIN another session begins', () => {
  const bench = new Bench().after(seed('Request PIN'));
  bench.reader.enterPin('12');
  bench.clock.pass(0);
  expect(bench.codes).toEqual([]);
  expect(bench.reader.face).toMatchObject({ state: 'pin', display: 'TRY AGAIN' });
  bench.reader.enterPin('1234');
  bench.send('AA00810401002001840820018101008201FE');
  expect(bench.reader.face).toMatchObject({ state: 'idle', display: 'TRY AGAIN' });
  expect(bench.ask(seed('Request PIN')).status.ok).toBe(true);
  expect(() => {
    bench.reader.enterPin('abcd');
  }).toThrow(RangeError);
});

test.each([
  ['ntag', '20010401'],
  ['ultralight', '20010401'],
  ['mifare1k', '20010402'],
  ['mifare4k', '20010403'],
] as const)('%s is detected as what it is, with its id', (name, detail) => {
  const bench = new Bench().after(seed('NFC'));
  bench.reader.tap(name);
  bench.clock.pass(0);
  expect(bench.codes).toEqual([`0101 ${detail}`, '0101 20080402']);
  expect(toHex(bench.messages.flatMap((message) => readUid(message) ?? [])[0]!)).toBe(testCards[name].tag.uid);
  bench.reader.remove();
  bench.clock.pass(0);
  expect(bench.codes[2]).toBe('0101 20010300');
  expect(bench.reader.face.state).toBe('idle');
});

const pass = (command: string): string =>
  `AA0081040104110084${(10 + command.length / 2).toString(16).padStart(2, '0')}110081${(command.length / 2).toString(16).padStart(2, '0')}${command}820100830100`;
const dataOf = (bench: Bench, command: string): string => {
  const { status, payload } = bench.ask(pass(command));
  if (!status.ok) return status.detail;
  const list = decodeTlv(findTlv(payload, '82')!.value);
  return toHex(findTlv(list, 'FC/DF7A')!.value);
};

test('what is written to a tag stays there, its id cannot be written', () => {
  const bench = new Bench().after(seed('NFC'));
  bench.reader.tap('ntag');
  expect(dataOf(bench, '60')).toBe('0004040201000F03');
  expect(dataOf(bench, 'A206CAFEBABE')).toBe('0A');
  expect(dataOf(bench, 'A200CAFEBABE')).toBe('020102');
  expect(dataOf(bench, '3A0606')).toBe('CAFEBABE');
  expect(dataOf(bench, '302D')).toBe('020102');
  bench.reader.remove();
  bench.send(seed('NFC'));
  bench.reader.tap('ntag');
  expect(dataOf(bench, '3006').slice(0, 8)).toBe('CAFEBABE');
  expect([dataOf(bench, '3900'), dataOf(bench, '3C00').length, dataOf(bench, '1B00000000')]).toEqual([
    '000000',
    64,
    '0000',
  ]);
});

test('a MIFARE Ultralight knows reading and writing only, a Classic nothing of type 2', () => {
  const bench = new Bench().after(seed('NFC'));
  bench.reader.tap('ultralight');
  expect(dataOf(bench, '3000')).toHaveLength(32);
  expect(dataOf(bench, '60')).toBe('020102');
  bench.reader.remove();
  bench.send(seed('NFC'));
  bench.reader.tap('mifare1k');
  expect(dataOf(bench, '3000')).toBe('020102');
});

test('touches and barcodes of an idle reader are told where they are wanted', () => {
  const bench = new Bench().after('AA0081040155D1118413D1118501018704020701028906C104FF000000');
  bench.reader.touch(128, 96);
  bench.reader.restart();
  bench.clock.pass(1_000);
  bench.join();
  bench.frames.length = 0;
  bench.reader.touch(128, 96);
  bench.reader.scan('HELLO');
  bench.clock.pass(0);
  expect(bench.frames.map(toHex)).toEqual([
    'AA00810483001001820401050000848200081001810400800060',
    'AA00810483001001820401060000848200081001810400800060',
    'AA008104830010018204010700008482000C1001FC08DF740548454C4C4F',
  ]);
});

test('a barcode is read during a sale whose scanner is on', () => {
  const bench = new Bench().after('AA0081040100100184111001820178A30485020100840200038600');
  bench.reader.scan('HELLO');
  bench.clock.pass(0);
  expect(bench.codes).toEqual(['0101 30010100', '0101 30080002']);
});

test('a restart is told once, or until it is acknowledged', () => {
  const bench = new Bench().after(set('1.2.7.1.1.1', '05'));
  bench.reader.restart();
  bench.clock.pass(1_000);
  bench.join();
  bench.frames.length = 0;
  bench.clock.pass(10_500);
  expect(bench.codes.filter((code) => code === '1001 00000000')).toHaveLength(3);
  bench.send(set('1.2.7.1.1.2', '01'));
  bench.frames.length = 0;
  bench.clock.pass(20_000);
  expect(bench.codes).toEqual([]);
});

describe('a tip and a tax on the reader', () => {
  /** The buttons of the vendor's demo: 15, 10, 15, 18, 20 and 25 percent, or as many of the smallest unit [PJ]. */
  const BUTTONS = ['0100000015', '0000000010', '0000000015', '0000000018', '0000000020', '0000000025'];
  const started = (mode: 'percent' | 'amount', display = true): Bench => {
    const request = commands.startTransaction({
      ...{ amount: '12.35', currency: 'USD', tax: '0.99' },
      tip: { mode, buttons: BUTTONS },
    });
    return new Bench({ display }).after(toHex(encodeMessage(request)));
  };
  const amountsOf = (bench: Bench): (string | undefined)[] => {
    bench.reader.tap();
    bench.clock.pass(1_000);
    const tlv = arqcs(bench)[0]?.tlv ?? [];
    return ['DF2A', 'DF5D', 'DF5E'].map((tag) => {
      const found = findTlv(tlv, `F9/FA/70/${tag}`);
      return found && toHex(found.value);
    });
  };

  test.each([
    ['percent', 4, '247', '000000001581'],
    ['percent', 6, '0', '000000001334'],
    ['amount', 1, '10', '000000001344'],
  ] as const)('%s, button %i: a tip of %s', (mode, index, tip, total) => {
    const bench = started(mode);
    expect(bench.reader.face).toMatchObject({ phase: 'selecting' });
    expect(bench.reader.face.choices).toHaveLength(7);
    bench.reader.tap();
    bench.clock.pass(0);
    expect(bench.codes).toEqual([]);
    bench.reader.select(index);
    expect(bench.reader.face.phase).toBe('waiting-for-card');
    expect(amountsOf(bench)).toEqual([total, tip.padStart(12, '0'), '000000000099']);
  });

  test.each([
    ['percent', ['15 %', '10 %']],
    ['amount', ['0.15', '0.10']],
  ] as const)('%s: the buttons say what they are in the currency of the sale', (mode, labels) => {
    expect(started(mode).reader.face.choices.slice(0, 2)).toEqual(labels);
  });

  test('without a display no tip is asked for', () => {
    expect(amountsOf(started('percent', false))).toEqual(['000000001334', undefined, '000000000099']);
  });

  test('a choice that nobody makes ends with the time limit', () => {
    const bench = started('percent');
    bench.clock.pass(61_000);
    expect(bench.reader.face.state).toBe('idle');
    expect(arqcs(bench)).toEqual([]);
  });
});

test('what a barcode is that is shown to an idle reader is told', () => {
  const bench = new Bench().after('AA0081040155D1118413D1118501018704020701028906C104FF000000');
  bench.reader.restart();
  bench.clock.pass(1_000);
  bench.join();
  bench.frames.length = 0;
  for (const type of ['unknown', 'magtek', 'emv'] as const) bench.reader.scan('HELLO', type);
  bench.clock.pass(0);
  expect(bench.codes).toEqual(['1001 01070000', '1001 01070100', '1001 01070200']);
});
