/** Batch scripts: read whole, wrong lines told, run step by step. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { parseScript } from '../../../src/toolbox/script.js';
import { runScript, type StepResult } from '../../../src/toolbox/script-run.js';
import { toHex } from '../../../src/mms/hex.js';
import { overEveryCarrier } from '../client/over-carriers.js';

const CANCEL = 'AA0081040113100884021008';
const GET_PROPERTY = 'D101';
const ARQC = 'F90F9F0206000000000460500456495341';

describe('a script', () => {
  test('has steps of every verb, in any case, with comments and empty lines between', () => {
    const { steps, problems } = parseScript(
      [
        '\uFEFF# all of it',
        `SENDCOMMAND,${CANCEL}`,
        `sendcommand , ${CANCEL.toLowerCase()}`,
        '',
        '  Wait,250',
        'DISPLAYMESSAGE,Hello, world',
        `GETTAGVALUE,9f02,none,${ARQC},false`,
        `GETTAGVALUE,50,none,${ARQC},TRUE`,
        `GETTAGVALUE,5A,none,${ARQC}`,
        `PARSETLV,${ARQC}`,
        'OPENDEVICE',
        'closedevice',
        'PCIRESET',
        'AA00 8104 0113 1008 8402 1008',
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(steps.map(({ line, kind }) => [line, kind])).toEqual([
      [2, 'send'],
      [3, 'send'],
      [5, 'wait'],
      [6, 'message'],
      [7, 'tag-value'],
      [8, 'tag-value'],
      [9, 'tag-value'],
      [10, 'tlv'],
      [11, 'open'],
      [12, 'close'],
      [13, 'send'],
      [14, 'send'],
    ]);
    expect(steps[3]).toMatchObject({ text: 'Hello, world' });
    expect(steps[10]).toMatchObject({ request: { id: 0x1f01 } });
    expect(steps[11]?.kind === 'send' && toHex(steps[11].bytes)).toBe(CANCEL);
  });

  const bad: readonly (readonly [line: string, says: RegExp])[] = [
    ['SENDCOMMAND', /digits of a command are missing/],
    ['SENDCOMMAND,AA0', /one hexadecimal digit/],
    ['SENDCOMMAND,AA00xx', /“x” is not a hexadecimal digit \(digit 5\)/],
    ['SENDCOMMAND,AA00', /tag 81 is missing/],
    ['SENDCOMMAND,AA00810482131008820400000000', /only requests/],
    ['AA00', /tag 81/],
    ['WAIT', /milliseconds/],
    ['WAIT,-1', /milliseconds/],
    ['WAIT,1.5', /milliseconds/],
    ['WAIT,99999999', /milliseconds/],
    ['DISPLAYMESSAGE,', /needs a text/],
    ['GETTAGVALUE,9F02,none', /needs a tag/],
    [`GETTAGVALUE,9F02,none,${ARQC},maybe`, /needs a tag/],
    [`GETTAGVALUE,xyz,none,${ARQC},true`, /tag must be hexadecimal/],
    ['PARSETLV,9F', /cut short/],
    ['PARSETLV,', /missing/],
    ['OPENDEVICE,now', /nothing may follow/],
    ['DANCE,now', /“DANCE” is neither/],
    ['hello', /neither a verb/],
  ];
  test.each(bad)('says what is wrong with “%s”, at its line', (line, says) => {
    const { problems } = parseScript(`# first\n${line}\nWAIT,1`);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(2);
    expect(problems[0]?.problem).toMatch(says);
  });

  test('never throws, and every line is a step, a problem or nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        const { steps, problems } = parseScript(lines.join('\n'));
        const seen = [...steps, ...problems].map(({ line }) => line);
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });
});

overEveryCarrier((make) => {
  describe('a script that runs', () => {
    async function run(text: string, options: { stopOnError?: boolean; refuse?: boolean; stopAfter?: number } = {}) {
      const reader = await make();
      reader.onRequest = (request) => {
        void reader.answer(request, options.refuse ? { summary: 0x81, detail: '020304' } : {});
      };
      const client = new ReaderClient({ transport: reader.transport, reconnect: 'off', livenessCheck: false });
      const stop = new AbortController();
      const results: StepResult[] = [];
      const waits: number[] = [];
      const { steps, problems } = parseScript(text);
      expect(problems).toEqual([]);
      await runScript({
        client,
        steps,
        stopOnError: options.stopOnError ?? true,
        signal: stop.signal,
        wait: async (milliseconds) => void waits.push(milliseconds),
        onResult: (result) => {
          results.push(result);
          if (results.length === options.stopAfter) stop.abort();
        },
      });
      await reader.settled();
      // Which reader it is, a script asks for itself.
      const sent = reader.received.map(toHex).filter((hex) => hex.slice(12, 16) !== GET_PROPERTY);
      return { results, sent, waits, client };
    }

    test('opens, sends, waits and closes in order, and tells what came of it', async () => {
      const { results, sent, waits, client } = await run(
        `OPENDEVICE\n${CANCEL}\nWAIT,50\nDISPLAYMESSAGE,hi\nCLOSEDEVICE`,
      );
      expect(results.map(({ outcome, text }) => [outcome, text])).toEqual([
        ['done', 'Connected'],
        ['done', 'Cancel Transaction done (ref 19)'],
        ['done', 'Waited 50 ms'],
        ['done', 'hi'],
        ['done', 'Disconnected'],
      ]);
      expect(results[1]?.milliseconds).toBeGreaterThanOrEqual(0);
      expect([sent, waits, client.state]).toEqual([[CANCEL], [50], 'closed']);
    });

    test('stops at the first failure, or goes on where it is told to', async () => {
      const script = `OPENDEVICE\n${CANCEL}\n${CANCEL}\nDISPLAYMESSAGE,end`;
      const stopped = await run(script, { refuse: true });
      expect(stopped.results.map(({ outcome }) => outcome)).toEqual(['done', 'failed']);
      expect(stopped.sent).toHaveLength(1);
      const all = await run(script, { refuse: true, stopOnError: false });
      expect(all.results.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'failed', 'done']);
      expect(all.sent).toHaveLength(2);
    });

    test('tells of a connection that is not open', async () => {
      const { results } = await run(CANCEL);
      expect(results).toMatchObject([{ line: 1, outcome: 'failed', text: 'There is no connection to the reader.' }]);
    });

    test('sends nothing more once it is stopped', async () => {
      const { results, sent } = await run(`OPENDEVICE\n${CANCEL}\n${CANCEL}`, { stopAfter: 2 });
      expect(results).toHaveLength(2);
      expect(sent).toHaveLength(1);
    });

    test('reads tags, and masks what is sensitive', async () => {
      const card = '5A0841111111111111115F200953 4D4954482F414243'.replace(' ', '');
      const { results } = await run(
        [
          `GETTAGVALUE,9F02,none,${ARQC}`,
          `GETTAGVALUE,50,none,${ARQC},true`,
          `GETTAGVALUE,9F1A,nothing,${ARQC}`,
          `GETTAGVALUE,5A,none,${card}`,
          `PARSETLV,${card}`,
          'DISPLAYMESSAGE,card 4111111111111111',
        ].join('\n'),
      );
      const [amount, label, missing, pan, all, note] = results.map(({ text }) => text);
      expect([amount, label, missing, pan]).toEqual([
        '9F02 = 000000000460',
        '50 = VISA',
        '9F1A = nothing',
        '5A = masked, 8 bytes',
      ]);
      expect(all).toBe('5A Primary account number = masked, 8 bytes\n5F20 Cardholder name = masked, 9 bytes');
      expect(note).not.toContain('4111111111111111');
    });
  });
});
