/**
 * The structure of card data as it is published: the list of tags of an ARQC [DM p61], containers of batch and stripe [DM p26,
 * p71, p85, p86], and masked tracks as printed with an example in the DynaPro Mini manual D99875629-43, page 95.
 */
import { describe, expect, test } from 'vitest';
import { tripleDesWorkingKey } from '../../../src/mms/dukpt/triple-des.js';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { containsCardNumber } from '../../../src/mms/luhn.js';
import { parseHex, toHex } from '../../../src/mms/hex.js';
import type { MmsRequest } from '../../../src/mms/message.js';
import { decodeTlv, findTlv, type TlvNode } from '../../../src/mms/tlv.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { des } from '../../../src/simulator/des.js';
import { TEST_BDK } from '../../../src/simulator/dukpt.js';
import { maskedPan } from '../../../src/simulator/masked-track.js';
import { testCards, type TestCard } from '../../../src/simulator/test-cards.js';
import { Bench } from './bench.js';

const sent = (request: MmsRequest): string => toHex(encodeMessage(request));
const START = sent(commands.startTransaction({ amount: '1.00', currency: 'USD', accept: 'insert tap swipe' }));
const MANUAL = sent(commands.startTransaction({ amount: '1.00', currency: 'USD', accept: 'manual' }));
const FACTORY_MASK = { leading: 4, trailing: 4, isCorrected: true };

const cardDataOf = (bench: Bench) => bench.messages.flatMap((message) => readCardData(message) ?? []);

const valueOf = (list: readonly TlvNode[], path: string): Uint8Array => {
  const found = findTlv(list, path);
  if (!found) throw new Error(`there is no ${path}`);
  return found.value;
};
const textOf = (list: readonly TlvNode[], path: string): string => new TextDecoder().decode(valueOf(list, path));

function clearOf(list: readonly TlvNode[], f8: string): TlvNode[] {
  const key = tripleDesWorkingKey(des, parseHex(TEST_BDK), valueOf(list, `${f8}/DFDF56`));
  const clear = key.decryptData(valueOf(list, `${f8}/DFDF59`));
  return decodeTlv(clear.subarray(0, clear.length - (valueOf(list, `${f8}/DFDF58`)[0] ?? 0)));
}

/** ARQC and batch of a sale, with what a host decrypts of them. */
function sale(act: (bench: Bench) => void, start = START) {
  const bench = new Bench().after(start);
  act(bench);
  bench.clock.pass(1_000);
  const [arqc, batch] = cardDataOf(bench);
  if (!arqc || !batch) throw new Error('no card data');
  return {
    arqc: arqc.tlv,
    batch: batch.tlv,
    host: clearOf(arqc.tlv, 'F9/FA/70/F8'),
    kept: clearOf(batch.tlv, 'F9/FA/F0/F8'),
    detail: toHex(bench.messages.flatMap((message) => (message.kind === 'notification' ? [message.detail] : []))[0]!),
  };
}

const tagsOf = (list: readonly TlvNode[], path: string): string[] =>
  (findTlv(list, path)?.children ?? []).map(({ tag }) => tag);

test('the masked number of the printed example: four digits at both ends, and one between that corrects the sum', () => {
  // The card of the example ends in 1513 and begins with 541333 [DM p93].
  expect(maskedPan('5413330000001513', FACTORY_MASK)).toBe('5413000040001513');
});

test('every masked number of a test card passes the Luhn check, as printed', () => {
  for (const card of Object.values(testCards) as TestCard[]) {
    if (card.pan === '') continue;
    const masked = maskedPan(card.pan, FACTORY_MASK);
    expect(containsCardNumber(masked), card.name).toBe(true);
    expect([masked.slice(0, 4), masked.slice(-4), masked.length]).toEqual([
      card.pan.slice(0, 4),
      card.pan.slice(-4),
      card.pan.length,
    ]);
    expect(masked.slice(4, -4).replaceAll('0', '').length).toBeLessThanOrEqual(1);
  }
  expect(maskedPan('4111111111111111', { leading: 6, trailing: 4, isCorrected: false })).toBe('4111110000001111');
});

describe.each(['insert', 'tap'] as const)('a chip by %s', (way) => {
  const { arqc, batch, host, kept } = sale((bench) => {
    bench.reader[way]('visa');
  });

  test('gives the host the published list of objects', () => {
    expect(tagsOf(host, 'FC').slice(0, 14).join(' ')).toBe(
      '9F03 9F26 82 5A 5F34 9F36 9F1A 95 9F02 5F2A 9A 9C 9F37 9F10',
    );
    expect(toHex(valueOf(host, 'FC/9F27'))).toBe('80');
  });

  test('shows a masked track without service code', () => {
    expect(textOf(arqc, 'F9/FA/70/DFDF4D')).toMatch(/^;4111\d{8}1111=30120{16}\?$/);
  });

  test('keeps the batch in F2 and what a receipt needs in F7', () => {
    expect(kept.map(({ tag }) => tag)).toEqual(['FC']);
    expect(tagsOf(kept, 'FC')).toEqual(['F2']);
    expect(toHex(valueOf(kept, 'FC/F2/9F27'))).toBe('00');
    expect(tagsOf(batch, 'F9/FA/F0')).toEqual(['F1', 'F8', 'F7']);
    expect(textOf(batch, 'F9/FA/F0/F7/9F1C')).toBe('00000000');
    expect(toHex(valueOf(batch, 'F9/FA/F0/F7/9F39'))).toBe(way === 'insert' ? '05' : '07');
    expect(textOf(batch, 'F9/FA/F0/F7/DFDF4D')).toBe(textOf(arqc, 'F9/FA/70/DFDF4D'));
  });

  test('has the same card in ARQC and batch', () => {
    for (const tag of ['5A', '57', '9F36', '9F37', '9F02']) {
      expect(toHex(valueOf(kept, `FC/F2/${tag}`)), tag).toBe(toHex(valueOf(host, `FC/${tag}`)));
    }
  });
});

describe('a stripe', () => {
  const { arqc, batch, host } = sale((bench) => {
    bench.reader.swipe('visa');
  });

  test('gives the host its tracks in F4, each behind its state', () => {
    expect(host[0]?.children?.[0]?.tag).toBe('F4');
    expect(tagsOf(host, 'FC/F4')).toEqual(['DFDF36', 'DFDF37', 'DFDF38', 'DFDF39', 'DFDF3A', 'DFDF3B']);
    expect(textOf(host, 'FC/F4/DFDF39')).toBe(';4111111111111111=30122010000000000000?');
    expect(textOf(host, 'FC/F4/DFDF37')).toMatch(/^%B4111111111111111\^TEST\/CARD\^3012201/);
    expect(toHex(valueOf(host, 'FC/9F02'))).toBe('000000000100');
  });

  test('shows masked tracks', () => {
    expect(textOf(arqc, 'F9/FA/70/DFDF33')).toMatch(/^;4111\d{8}1111=30120{16}\?$/);
    expect(textOf(arqc, 'F9/FA/70/DFDF31')).toMatch(/^%B4111\d{8}1111\^TEST\/CARD\^30120{16}\?$/);
    expect(textOf(batch, 'F9/FA/F0/F7/DFDF33')).toBe(textOf(arqc, 'F9/FA/70/DFDF33'));
  });
});

test('a number that is typed is read as what it is', () => {
  const { arqc, host, detail } = sale((bench) => {
    bench.reader.swipe('visa');
    bench.reader.type('visa');
  }, MANUAL);
  expect(detail).toBe('07010100');
  expect(toHex(valueOf(arqc, 'F9/FA/70/DFDF52'))).toBe('03');
  expect(textOf(host, 'FC/F4/DFDF39')).toContain('4111111111111111');
});

test('the lists of tags, the mask and the name of the terminal are settings', () => {
  const set = (oid: string, value: string): string => sent(commands.setProperty({ oid, value: parseHex(value) }));
  const bench = new Bench();
  expect(bench.ask(set('1.1.1.1.1.2', '575F24')).status.ok).toBe(true);
  expect(bench.ask(set('1.1.1.1.1.2', '575F')).status.ok).toBe(false);
  expect(bench.ask(set('1.1.2.2.1.4', '06')).status.ok).toBe(false);
  bench.send(START);
  bench.reader.tap('visa');
  bench.clock.pass(1_000);
  expect(tagsOf(clearOf(cardDataOf(bench)[0]?.tlv ?? [], 'F9/FA/70/F8'), 'FC')).toEqual(['57', '5F24']);
});

describe('faults of card data', () => {
  const broken = (name: 'clear-card-data' | 'bad-track' | 'empty-track', way: 'tap' | 'swipe') =>
    sale((bench) => {
      bench.reader.startFault(name);
      bench.reader[way]('visa');
    });

  test('clear-card-data: number and track are there for everybody', () => {
    const chip = broken('clear-card-data', 'tap');
    expect(toHex(valueOf(chip.arqc, 'F9/FA/70/5A'))).toBe('4111111111111111');
    expect(textOf(chip.arqc, 'F9/FA/70/DFDF4D')).toContain('4111111111111111');
    expect(textOf(broken('clear-card-data', 'swipe').arqc, 'F9/FA/70/DFDF33')).toContain('4111111111111111');
  });

  test('bad-track: track 2 is an error, track 1 is read', () => {
    const { arqc, batch, host } = broken('bad-track', 'swipe');
    expect(textOf(arqc, 'F9/FA/70/DFDF33')).toBe(';E?');
    expect(toHex(valueOf(batch, 'F9/FA/F0/F7/DFDF32'))).toBe('01');
    expect(toHex(valueOf(host, 'FC/F4/DFDF38'))).toBe('01');
    expect(valueOf(host, 'FC/F4/DFDF39')).toHaveLength(0);
    expect(textOf(host, 'FC/F4/DFDF37')).toContain('4111111111111111');
  });

  test('empty-track: track 2 has nothing, track 1 is read', () => {
    const { arqc, batch } = broken('empty-track', 'swipe');
    expect(findTlv(arqc, 'F9/FA/70/DFDF33')).toBeUndefined();
    expect([...valueOf(batch, 'F9/FA/F0/F7/DFDF32')]).toEqual([0]);
    expect(valueOf(batch, 'F9/FA/F0/F7/DFDF33')).toHaveLength(0);
    expect(textOf(arqc, 'F9/FA/70/DFDF31')).toMatch(/^%B4111/);
  });

  test('repeat-arqc: the last card data come again, byte for byte', () => {
    const bench = new Bench().after(START);
    bench.reader.startFault('repeat-arqc');
    bench.reader.tap('visa');
    bench.clock.pass(1_000);
    bench.send(START);
    bench.reader.startFault('repeat-arqc');
    bench.clock.pass(0);
    const arqcs = cardDataOf(bench).filter(({ kind }) => kind === 'arqc');
    expect(arqcs).toHaveLength(2);
    expect(toHex(arqcs[1]!.bytes)).toBe(toHex(arqcs[0]!.bytes));
    expect(bench.reader.face.phase).toBe('waiting-for-card');
  });
});
