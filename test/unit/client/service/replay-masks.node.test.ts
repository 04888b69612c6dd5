/** Masked requests of a log are never sent again, and answers are compared whole. */
import { describe, expect, test } from 'vitest';
import { recordedRequests, replay, type ReplayResult } from '../../../../src/client/service/replay.js';
import { importJournal, exportJournal } from '../../../../src/journal/journal-file.js';
import { Journal } from '../../../../src/journal/journal.js';
import { commands } from '../../../../src/mms/commands/index.js';
import { decodeMessage } from '../../../../src/mms/decode.js';
import { toMessage, withReference } from '../../../../src/mms/encode.js';
import { toHex } from '../../../../src/mms/hex.js';
import type { MmsRequest, MmsResponse } from '../../../../src/mms/message.js';

const recorded = (request: MmsRequest, answer?: string): Journal => {
  const journal = new Journal({ size: 10 });
  const sequence = journal.add({ at: 1, direction: 'to-reader', message: request });
  if (answer !== undefined) {
    journal.add({ at: 2, direction: 'from-reader', message: decodeMessage(answer), answers: sequence });
  }
  return importJournal(exportJournal(journal.entries));
};

/** Plays a journal to a reader that gives one answer, and says what was sent. */
async function play(
  journal: Journal,
  answer: string,
): Promise<{ readonly sent: string[]; readonly results: ReplayResult[] }> {
  const sent: string[] = [];
  const results: ReplayResult[] = [];
  await replay({
    client: {
      request: async (request) => {
        sent.push(toHex((request as MmsRequest).bytes));
        return withReference(decodeMessage(answer) as MmsResponse, 9);
      },
      subscribe: () => () => undefined,
    },
    requests: recordedRequests(journal.entries),
    wait: () => Promise.resolve(),
    signal: new AbortController().signal,
    onResult: (result) => results.push(result),
  });
  return { sent, results };
}

const DONE = 'AA0081048200110082040000000084021100';
const buttons = Array.from({ length: 6 }, () => '0000000000');

describe('a recorded request', () => {
  test.each([
    ['with one masked byte', commands.passThrough({ command: '3002' })],
    ['with two masked bytes', commands.passThrough({ command: '300204' })],
    ['with a masked account number', commands.requestPin({ accountNumber: '123456789012' })],
    [
      'with digits of a card number among its tip buttons',
      commands.startTransaction({
        amount: '1',
        tip: { mode: 'amount', buttons: ['4111111111', '1111110000', ...buttons.slice(2)] },
      }),
    ],
  ])('is not sent %s', async (_, request) => {
    const { sent, results } = await play(recorded(request), DONE);
    expect(sent).toEqual([]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped']);
  });

  test('is sent whole where nothing was masked, also with a byte that looks so', async () => {
    const request = commands.passThrough({ command: '60' });
    expect((await play(recorded(request), DONE)).sent).toEqual([toHex(request.bytes)]);
    const timed = commands.startTransaction({ amount: '1', timeout: 0x2a });
    expect((await play(recorded(timed), DONE)).sent).toEqual([toHex(timed.bytes)]);
  });

  test('is not sent with such a byte from a log that does not say what was masked', async () => {
    const file = exportJournal(recorded(commands.startTransaction({ amount: '1', timeout: 0x2a })).entries);
    const silent = importJournal(file.replace(/,"masked":(?:true|false)/g, ''));
    expect((await play(silent, DONE)).sent).toEqual([]);
    const masked = exportJournal(recorded(commands.passThrough({ command: '3002' })).entries);
    expect((await play(importJournal(masked.replace(/,"masked":true/, '')), DONE)).sent).toEqual([]);
  });
});

describe('an answer', () => {
  const answer = (value: string): string => {
    const { payload } = commands.setProperty({ oid: '1.2.2.1.1.A', value });
    return toHex(
      toMessage({ kind: 'response', id: 0xd101, reference: 5, status: { summary: 0, detail: '000000' }, payload })
        .bytes,
    );
  };

  test.each([
    ['01', '01', 'same'],
    ['01', '04', 'different'],
    ['01', '0101', 'different'],
  ])('%s is compared with %s, not only by its status: %s', async (then, now, outcome) => {
    const request = commands.getProperty({ oid: '1.2.2.1.1.A' });
    const { results } = await play(recorded(request, answer(then)), answer(now));
    expect(results.map((result) => result.outcome)).toEqual([outcome]);
  });
});
