import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/mms/decode.js';
import { readCardData } from '../../../src/mms/views/card-data.js';
import { faults, type FaultName } from '../../../src/simulator/faults/index.js';
import { parseScenario, ScenarioError } from '../../../src/simulator/scenario/parse.js';
import { runScenario } from '../../../src/simulator/scenario/run.js';
import type { Scenario, ScenarioStep } from '../../../src/simulator/scenario/scenario.js';
import { testCards, type TestCardName } from '../../../src/simulator/test-cards.js';
import { seedTable } from '../../support/seed-table.js';
import { Bench, seed } from './bench.js';

const problem = (json: string): [line: number, field: string, message: string] => {
  try {
    parseScenario(json);
  } catch (error) {
    if (error instanceof ScenarioError) return [error.line, error.field, error.message];
    throw error;
  }
  throw new Error('it was accepted');
};

describe('a scenario file', () => {
  test('is read as it stands', () => {
    const scenario: Scenario = {
      name: 'lunch',
      reader: { seed: 7, clients: 2, flow: 'full-emv' },
      steps: [
        { when: 'waiting-for-card', after: 200, do: 'insert', card: 'mastercard' },
        { do: 'startFault', fault: 'slow' },
        { do: 'sign', strokes: [[{ x: 1, y: 2 }]] },
        { do: 'endFault' },
      ],
      repeat: true,
    };
    expect(parseScenario(JSON.stringify(scenario))).toEqual(scenario);
  });

  test.each([
    ['{', 1, '', /not valid JSON/],
    ['{\n  "steps": [\n    { "do" "tap" }\n  ]\n}', 3, '', /not valid JSON/],
    ['[]', 1, '', /must be an object/],
    ['{}', 1, 'steps', /is missing/],
    ['{"steps": 1}', 1, 'steps', /must be a list/],
    ['{\n"steps": [\n{"do": "fly"}\n]}', 3, 'steps[0].do', /one of insert, tap/],
    ['{\n"steps": [{}]}', 2, 'steps[0].do', /is missing/],
    ['{\n"steps": [\n{"do": "wait"},\n{"do": "tap",\n "card": "stripeOnly"}]}', 5, 'steps[1].card', /one of visa/],
    ['{"steps": [{"do": "tap", "pin": "1"}]}', 1, 'steps[0].pin', /is not known/],
    ['{"steps": [{"do": "enterPin", "pin": "abcd"}]}', 1, 'steps[0].pin', /digits/],
    ['{"steps": [{"do": "wait", "after": -1}]}', 1, 'steps[0].after', /whole number/],
    ['{"steps": [{"do": "wait", "when": "lunch"}]}', 1, 'steps[0].when', /one of idle/],
    ['{"steps": [{"do": "sign"}]}', 1, 'steps[0].strokes', /is missing/],
    ['{"steps": [{"do": "sign", "strokes": [[]]}]}', 1, 'steps[0].strokes[0]', /at least 1/],
    ['{"steps": [{"do": "startFault", "fault": "rain"}]}', 1, 'steps[0].fault', /mute/],
    ['{"steps": [], "reader": {"clients": 9}}', 1, 'reader.clients', /1 to 4/],
    ['{"steps": [],\n"steps": []}', 2, 'steps', /twice/],
    ['{"steps": [{"do": "wait"}], "repeat": true}', 1, 'repeat', /never pause/],
    ['{"steps": [], "toString": 1}', 1, 'toString', /is not known/],
  ])('%j is refused in its line and field', (json, line, field, words) => {
    const [foundLine, foundField, message] = problem(json);
    expect([foundLine, foundField]).toEqual([line, field]);
    expect(message).toMatch(words);
  });
});

describe('a scenario', () => {
  test('does each step when its time has come, again and again until it is stopped', async () => {
    const bench = new Bench();
    const run = runScenario(
      bench.reader,
      {
        steps: [
          { when: 'waiting-for-card', after: 200, do: 'insert' },
          { when: 'completing', do: 'wait' },
          { when: 'idle', after: 50, do: 'remove' },
        ],
        repeat: true,
      },
      { clock: bench.clock },
    );
    for (let sale = 1; sale <= 2; sale++) {
      bench.send(seed('Start EMV'));
      bench.clock.pass(199);
      expect(bench.reader.face.seated).toBeUndefined();
      bench.clock.pass(2_000);
      expect(bench.messages.flatMap((message) => readCardData(message) ?? [])).toHaveLength(sale * 2);
      expect(bench.reader.face.seated).toBeUndefined();
    }
    run.stop();
    await run.done;
    bench.reader.close();
    expect(bench.clock.running).toBe(0);
  });

  test('is over after its last step', async () => {
    const bench = new Bench();
    const { done } = runScenario(bench.reader, { steps: [{ do: 'insert' }] }, { clock: bench.clock });
    bench.clock.pass(0);
    await done;
    expect(bench.reader.face.seated?.name).toBe('Visa');
  });
});

const cards = Object.keys(testCards) as TestCardName[];
const card = (need: 'contact' | 'contactless' | 'stripe'): fc.Arbitrary<TestCardName> =>
  fc.constantFrom(...cards.filter((name) => testCards[name][need]));
const place = fc.record({ x: fc.nat(0xfffe), y: fc.nat(0xfffe) });

const fault = fc.constantFrom(...(Object.keys(faults) as FaultName[]));

const action: fc.Arbitrary<ScenarioStep> = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), card: card('contact') }),
  fc.record({ do: fc.constant('tap' as const), card: card('contactless') }),
  fc.record({ do: fc.constant('swipe' as const), card: card('stripe') }),
  fc.record({ do: fc.constantFrom('remove', 'collide', 'cancel', 'restart', 'wait') }),
  fc.record({ do: fc.constant('enterPin' as const), pin: fc.stringMatching(/^\d{1,12}$/) }),
  fc.record({ do: fc.constant('sign' as const), strokes: fc.array(fc.array(place, { minLength: 1 })) }),
  fc.record({ do: fc.constant('touch' as const), x: fc.nat(0xffff), y: fc.nat(0xffff) }),
  fc.record({ do: fc.constant('select' as const), index: fc.nat(255) }),
  fc.record({
    do: fc.constant('scan' as const),
    text: fc.string(),
    type: fc.constantFrom('unknown' as const, 'magtek' as const, 'emv' as const),
  }),
  fc.record({ do: fc.constant('type' as const), card: card('stripe') }),
  fc.record({ do: fc.constant('refuse' as const), status: fc.stringMatching(/^[0-9A-F]{6}$/) }),
  fc.record({ do: fc.constant('startFault' as const), fault }),
  fc.record({ do: fc.constant('endFault' as const), fault }),
);

const scenario: fc.Arbitrary<Scenario> = fc.record({
  reader: fc.record({
    seed: fc.nat(),
    clients: fc.integer({ min: 1, max: 4 }),
    display: fc.boolean(),
    flow: fc.constantFrom('quick-chip', 'full-emv'),
    audience: fc.constantFrom('all', 'asker'),
  }),
  steps: fc.array(
    fc.tuple(action, fc.nat(3_000)).map(([what, after]) => ({ ...what, after })),
    { maxLength: 12 },
  ),
});

/** Commands that come in meanwhile: those of the seed guide, and bytes that are none. */
const traffic = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...seedTable.map(([, hex]) => hex)) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => `AA${Buffer.from(bytes).toString('hex')}`),
    },
  ),
  { maxLength: 10 },
);

/** Faults whose bytes are not meant to be messages. */
const spoiling = ['garbage', 'truncated'];

test('a thousand random scenarios run without an error, and every message is whole', () => {
  fc.assert(
    fc.property(scenario, traffic, (random, commands) => {
      const parsed = parseScenario(JSON.stringify(random));
      expect(parsed).toEqual(random);
      const bench = new Bench(parsed.reader);
      const run = runScenario(bench.reader, parsed, { clock: bench.clock });
      for (const command of commands) {
        if (bench.reader.face.clients === 0) bench.join();
        bench.send(command);
        bench.clock.pass(700);
      }
      bench.clock.pass(400_000);
      const isSpoilt = parsed.steps.some((step) => 'fault' in step && spoiling.includes(step.fault ?? ''));
      if (!isSpoilt) for (const frame of bench.frames) decodeMessage(frame);
      run.stop();
      // Whatever happened, a restart without faults leaves a reader that works.
      bench.reader.endFault();
      bench.reader.restart();
      bench.clock.pass(10_000);
      bench.join();
      bench.frames.length = 0;
      expect(bench.ask(seed('Get SN')).status.ok).toBe(true);
      bench.reader.close();
      expect(bench.clock.running).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
