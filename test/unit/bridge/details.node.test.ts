/** When a bridge asks its reader, and when it publishes what it knows. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Details } from '../../../src/bridge/details.js';
import { ReaderError } from '../../../src/connection/reader-error.js';
import { commands } from '../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { toMessage } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import type { MmsMessage, MmsRequest, MmsResponse } from '../../../src/mms/message.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { readDetailsText } from '../../../src/transports/reader-details.js';
import { ManualClock } from '../../support/manual-clock.js';
import { seed } from '../simulator/bench.js';

const PERIOD = 10;
const MINUTES = 60_000;

let clock: ManualClock;
let reader: SimulatedReader;
let published: unknown[];
let asked: number;
let isBusy: boolean;
let isSilent: boolean;
let details: Details;

/** Asks the simulated reader, which answers at once. */
function ask(request: MmsRequest): Promise<MmsResponse> {
  asked++;
  return new Promise((resolve, reject) => {
    if (isSilent) {
      reject(new ReaderError('timeout'));
      return;
    }
    const port = reader.connect({
      deliver: (bytes) => {
        const message = decodeMessage(bytes);
        if (message.kind !== 'response') return;
        port?.close();
        resolve(message);
      },
      drop: () => undefined,
    });
    port?.receive(request.bytes);
  });
}

beforeEach(() => {
  clock = new ManualClock();
  reader = new SimulatedReader({ clock, serialNumber: 'B571AF2' });
  published = [];
  asked = 0;
  isBusy = false;
  isSilent = false;
  details = new Details({
    environment: clock,
    path: 'MagTek/Shop/DynaFlexIIPED/B571AF2',
    period: PERIOD,
    ask,
    isBusy: () => isBusy,
    publish: (text) => published.push(readDetailsText(text)),
  });
});

/** The reader says how much of its battery is left. */
const battery = (percent: number): MmsMessage =>
  toMessage({ kind: 'notification', id: 0x1001, detail: Uint8Array.of(0, 2, 0, percent), payload: [] });

/** The answer to a command of a page. */
const answerTo = ({ reference, id }: MmsMessage, status: string): MmsMessage =>
  decodeMessage(
    `AA00810482${toHex(Uint8Array.of(reference, id >> 8, id & 0xff))}8204${status}8402${toHex(Uint8Array.of(id >> 8, id & 0xff))}`,
  );

describe('what a bridge knows', () => {
  test('is published once its reader has answered', async () => {
    details.opened();
    await clock.letPass(1);
    expect(published).toEqual([
      {
        serial: 'B571AF2',
        model: 'DynaFlexIIPED',
        firmware: 'SIM-MAIN-1.0-SIMULATED',
        battery: 100,
        isLocked: false,
        lastSeen: expect.any(Number) as number,
      },
    ]);
    expect(asked).toBe(4);
  });

  test('is not asked for while a page waits, or while a sale runs', async () => {
    isBusy = true;
    details.opened();
    await clock.letPass(30_000);
    expect(asked).toBe(0);
    const start = decodeMessage(seed('Start EMV'));
    details.take(start);
    details.take(answerTo(start, '01000000'));
    isBusy = false;
    await clock.letPass(30_000);
    expect(asked).toBe(0);
    // Long after its time limit it cannot be running any more.
    await clock.letPass(10 * MINUTES);
    expect(asked).toBe(4);
  });

  test('is without what a reader does not answer, which is not asked again until it is opened again', async () => {
    isSilent = true;
    details.opened();
    await clock.letPass(1);
    expect(asked).toBe(1);
    expect(published).toEqual([{ model: 'DynaFlexIIPED', lastSeen: expect.any(Number) as number }]);
    isSilent = false;
    details.closed();
    details.opened();
    await clock.letPass(PERIOD * 1000);
    expect(published.at(-1)).toMatchObject({ battery: 100 });
  });

  test('is published at most once in a period, with what came last', async () => {
    details.opened();
    await clock.letPass(1);
    const before = published.length;
    for (const percent of [14, 13, 12, 11]) {
      details.take(battery(percent));
      await clock.letPass(1_000);
    }
    expect(published).toHaveLength(before);
    await clock.letPass(PERIOD * 1000);
    expect(published).toHaveLength(before + 1);
    expect(published.at(-1)).toMatchObject({ battery: 11 });
    // Nothing new: nothing is published.
    details.take(battery(11));
    await clock.letPass(MINUTES);
    expect(published).toHaveLength(before + 1);
  });

  test.each([
    ['back', -60 * MINUTES],
    ['forward', 60 * MINUTES],
  ])('does not depend on a clock that is set %s by an hour', async (_, jump) => {
    let set = 0;
    Object.assign(clock, { date: () => clock.now() + set });
    details.opened();
    await clock.letPass(1);
    const start = decodeMessage(seed('Start EMV'));
    details.take(start);
    details.take(answerTo(start, '01000000'));
    set = jump;
    expect(details.isSelling).toBe(true);
    details.take(battery(9));
    await clock.letPass(PERIOD * 1000);
    expect(published.at(-1)).toMatchObject({ battery: 9 });
    await clock.letPass(10 * MINUTES);
    expect(details.isSelling).toBe(false);
  });

  test('is asked for again every ten minutes, and costs nothing where nothing has changed', async () => {
    details.opened();
    await clock.letPass(1);
    await clock.letPass(50 * MINUTES);
    expect(asked).toBeGreaterThanOrEqual(4 + 2 * 4);
    expect(asked).toBeLessThanOrEqual(4 + 2 * 6);
    // Only when the reader was heard of last, every ten minutes.
    expect(published.length).toBeLessThanOrEqual(7);
  });

  test('says when the reader was heard of last, when it goes and when the bridge ends', async () => {
    details.opened();
    await clock.letPass(1);
    await clock.letPass(5_000);
    details.take(battery(9));
    const heardAt = clock.now();
    await clock.letPass(5_000);
    details.closed();
    await clock.letPass(PERIOD * 1000);
    expect(published.at(-1)).toMatchObject({ lastSeen: heardAt, battery: 9 });
    details.opened();
    await clock.letPass(1);
    details.take(battery(8));
    details.stop();
    expect(published.at(-1)).toMatchObject({ battery: 8 });
    // The reader is closed after that: nothing keeps the process.
    details.closed();
    expect(clock.running).toBe(0);
  });

  test('is locked once it refuses a command for that', async () => {
    details.opened();
    await clock.letPass(1);
    const request = commands.getProperty({ oid: '1.2.7.1.2.1' });
    details.take(request);
    details.take(answerTo(request, '8002011C'));
    await clock.letPass(PERIOD * 1000);
    expect(published.at(-1)).toMatchObject({ isLocked: true });
  });
});
