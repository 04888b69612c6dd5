/** Scripts and recorded journals that run while the connection is lost: they go on at the same reader, and never at another one. */
import { afterEach, describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { recordedRequests, replay } from '../../../src/client/service/replay.js';
import { Journal } from '../../../src/journal/journal.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { SimulatedReader } from '../../../src/simulator/index.js';
import { parseScript } from '../../../src/toolbox/script.js';
import { runScript } from '../../../src/toolbox/script-run.js';
import { CuttableTransport } from '../../support/cuttable-transport.js';

const SHOW = 'AA0081040155180384081803810100820103';
const OTHER = 'Another reader is plugged in now. It was B571AF2, it is B600001.';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A client at a reader, the requests that went out, and a way to lose the connection and find a reader behind it. */
async function connected() {
  const reader = new SimulatedReader({ pace: 1, serialNumber: 'B571AF2' });
  const transport = new CuttableTransport(reader);
  const client = new ReaderClient({ transport, reconnect: 'off', livenessCheck: false });
  const sent: number[] = [];
  client.subscribe('message', ({ message }) => {
    if (message.kind === 'request') sent.push(message.id);
  });
  await client.connect();
  ends.push(() => client.disconnect());
  return {
    client,
    sent,
    cut: () => transport.cut(),
    comeBack: async (serialNumber: string) => {
      transport.reader = serialNumber === 'B571AF2' ? reader : new SimulatedReader({ pace: 1, serialNumber });
      await client.connect();
    },
  };
}

/** Runs a script during whose pauses something happens. */
async function run(client: ReaderClient, text: string, stopOnError: boolean, pauses: (() => unknown)[]) {
  const results: (readonly [outcome: string, text: string])[] = [];
  await runScript({
    client,
    steps: parseScript(text).steps,
    stopOnError,
    signal: new AbortController().signal,
    wait: async () => {
      await pauses.shift()?.();
    },
    onResult: (result) => results.push([result.outcome, result.text]),
  });
  return results;
}

describe('a script', () => {
  test.each([false, true])('ends where another reader has come back, also where errors stop it: %s', async (stops) => {
    const { client, sent, cut, comeBack } = await connected();
    const swap = async (): Promise<void> => {
      cut();
      await comeBack('B600001');
    };
    const results = await run(client, `${SHOW}\nWAIT,1\n${SHOW}\n${SHOW}\nDISPLAYMESSAGE,end`, stops, [swap]);
    expect(results.map(([outcome]) => outcome)).toEqual(['done', 'done', 'failed']);
    expect(results.at(-1)).toEqual(['failed', OTHER]);
    expect(sent.filter((id) => id === 0x1803)).toHaveLength(1);
  });

  test('goes on at the reader that it began with, and at no other one after that', async () => {
    const { client, sent, cut, comeBack } = await connected();
    const steps = `${SHOW}\nWAIT,1\n${SHOW}\nWAIT,1\n${SHOW}\nWAIT,1\nGETDEVICESN\nPCIRESET`;
    const results = await run(client, steps, false, [
      cut,
      () => comeBack('B571AF2'),
      async () => {
        client.disconnect();
        await comeBack('B600001');
      },
    ]);
    expect(results.map(([outcome]) => outcome)).toEqual(['done', 'done', 'failed', 'done', 'done', 'done', 'failed']);
    expect(results.at(-1)?.[1]).toBe(OTHER);
    expect(sent.filter((id) => id === 0x1803)).toHaveLength(2);
    expect(sent).not.toContain(0x1f01);
  });

  test('of one command asks for nothing else', async () => {
    const { client, sent } = await connected();
    sent.length = 0;
    await run(client, `DISPLAYMESSAGE,begin\n${SHOW}`, true, []);
    expect(sent).toEqual([0x1803]);
  });
});

test('a journal that is played again ends where another reader has come back', async () => {
  const { client, sent, cut, comeBack } = await connected();
  const journal = new Journal({ size: 10 });
  for (let at = 0; at < 4; at++) journal.add({ at, direction: 'to-reader', message: decodeMessage(SHOW) });
  const results: (readonly [outcome: string, text: string])[] = [];
  let waits = 0;
  await replay({
    client,
    requests: recordedRequests(journal.entries),
    signal: new AbortController().signal,
    wait: async () => {
      waits++;
      if (waits === 2) cut();
      if (waits === 3) await comeBack('B600001');
    },
    onResult: ({ outcome, text }) => results.push([outcome, text]),
  });
  expect(results.map(([outcome]) => outcome)).toEqual(['unanswered', 'failed', 'failed']);
  expect(results.at(-1)?.[1]).toBe(OTHER);
  expect(sent.filter((id) => id === 0x1803)).toHaveLength(1);
});
