/** A recorded journal plays against a simulated reader. */
import { afterEach, describe, expect, test } from 'vitest';
import { importJournal, exportJournal } from '../../../../src/journal/journal-file.js';
import { recordedRequests, replay, type ReplayResult } from '../../../../src/client/service/replay.js';
import { ReaderClient } from '../../../../src/client/reader-client.js';
import { commands } from '../../../../src/mms/commands/index.js';
import { carriers, type CarriedReader } from '../../simulator/carriers.js';

describe.each(Object.entries(carriers))('a recorded journal, over %s,', (_, carry) => {
  const carried: CarriedReader[] = [];
  afterEach(async () => {
    for (const each of carried.splice(0)) await each.close();
  });
  const connected = async (): Promise<ReaderClient> => {
    const reader = await carry({});
    carried.push(reader);
    const client = new ReaderClient({ transport: reader.transport() });
    await client.connect();
    return client;
  };

  test('plays again: the same answers are told as the same, others as different, masked commands are left out', async () => {
    const first = await connected();
    await first.request(commands.getProperty({ oid: '2.2.1.1.1.1' }));
    await first.request(commands.cancelTransaction());
    await first.request(commands.requestPin({ accountNumber: '4111111111111111' }));
    await first.request(commands.cancelTransaction());
    const text = exportJournal(first.journal.entries);
    first.disconnect();

    const requests = recordedRequests(importJournal(text).entries);
    expect(requests.map(({ isMasked }) => isMasked)).toEqual([false, false, true, false]);
    const second = await connected();
    const results: ReplayResult[] = [];
    const waits: number[] = [];
    await replay({
      client: second,
      requests,
      wait: async (milliseconds) => void waits.push(milliseconds),
      signal: new AbortController().signal,
      onResult: (result) => results.push(result),
    });
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'same',
      'same',
      'skipped',
      expect.stringMatching(/same|different/),
    ]);
    // Without the PIN request nothing runs that could be cancelled.
    expect(results[3]?.outcome).toBe(requests[3]?.answer?.status.ok ? 'different' : 'same');
    expect(waits[0]).toBe(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2000);
    expect(results.map(({ sequence }) => sequence)).toEqual(requests.map(({ sequence }) => sequence));
    second.disconnect();
  });

  test('tells of failures, and stops when it is told to', async () => {
    const client = await connected();
    await client.request(commands.cancelTransaction());
    await client.request(commands.cancelTransaction());
    const requests = recordedRequests(client.journal.entries);
    client.disconnect();
    const results: ReplayResult[] = [];
    const stop = new AbortController();
    await replay({
      client,
      requests,
      wait: () => Promise.resolve(),
      signal: stop.signal,
      onResult: (result) => {
        results.push(result);
        stop.abort();
      },
    });
    expect(results).toMatchObject([{ outcome: 'failed', text: 'There is no connection to the reader.' }]);
  });
});
