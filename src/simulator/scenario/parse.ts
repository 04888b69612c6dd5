/**
 * Reads a scenario from the text of a JSON file, and refuses what could not be played.
 * It does not know how it is played.
 */
import { parse, type ValueNode } from '@humanwhocodes/momoa';
import { faults } from '../faults/index.js';
import { testCards, type TestCardName } from '../test-cards.js';
import { flag, listOf, matching, member, objectOf, oneOf, ScenarioError, text, whole, type Check } from './check.js';
import type { Scenario, ScenarioStep } from './scenario.js';

export { ScenarioError };

const DAY = 86_400_000;
const WORD = 0xffff;

const names = <T extends string>(table: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(table) as T[];

const point = objectOf({ x: whole(0, WORD - 1), y: whole(0, WORD - 1) }, ['x', 'y']);

/** Cards that can be used in a way; another one would be ignored without a word. */
const cardsFor = (need: 'contact' | 'contactless' | 'stripe'): Check =>
  oneOf(names(testCards).filter((name: TestCardName) => testCards[name][need]));

/** The fields of each kind of step, and those that it must have. */
const steps: Readonly<Record<ScenarioStep['do'], readonly [checks: Readonly<Record<string, Check>>, ...string[]]>> = {
  insert: [{ card: cardsFor('contact') }],
  tap: [{ card: cardsFor('contactless') }],
  swipe: [{ card: cardsFor('stripe') }],
  type: [{ card: oneOf(names(testCards).filter((name: TestCardName) => testCards[name].pan !== '')) }],
  remove: [{}],
  collide: [{}],
  cancel: [{}],
  restart: [{}],
  wait: [{}],
  enterPin: [{ pin: matching(/^\d{1,12}$/, '1 to 12 digits') }],
  sign: [{ strokes: listOf(listOf(point, 1)) }, 'strokes'],
  touch: [{ x: whole(0, WORD), y: whole(0, WORD) }, 'x', 'y'],
  select: [{ index: whole(0, 255) }, 'index'],
  scan: [{ text, type: oneOf(['unknown', 'magtek', 'emv']) }, 'text'],
  refuse: [{ status: matching(/^[0-9A-F]{6}$/, 'six hexadecimal digits in upper case') }, 'status'],
  startFault: [{ fault: oneOf(names(faults)) }, 'fault'],
  endFault: [{ fault: oneOf(names(faults)) }],
};

/** What a step can wait for. */
const moments = [
  ...[
    'idle',
    'transaction',
    'pin',
    'signature',
    'barcode',
    'buzzer',
    'showing',
    'emulating',
    'updating',
    'resetting',
    'offline',
  ],
  ...['waiting-for-card', 'selecting', 'reading', 'waiting-for-host', 'completing', 'nfc'],
];

const step: Check<ScenarioStep> = (node, field) => {
  const kind = member(node, field, 'do', oneOf(names(steps)));
  const [checks, ...required] = steps[kind];
  return objectOf<ScenarioStep>({ do: text, when: oneOf(moments), after: whole(0, DAY), ...checks }, required)(
    node,
    field,
  );
};

const scenario = objectOf<Scenario>(
  {
    name: text,
    reader: objectOf({
      seed: whole(0, 0xffff_ffff),
      serialNumber: matching(/^[0-9A-F]{7}$/, 'seven hexadecimal digits in upper case'),
      clients: whole(1, 4),
      display: flag,
      flow: oneOf(['quick-chip', 'full-emv']),
      latency: whole(0, DAY),
      pace: whole(0, DAY),
      restartTime: whole(0, DAY),
      audience: oneOf(['all', 'asker']),
      date: matching(/^\d{6}$/, 'six digits: year, month and day'),
    }),
    steps: listOf(step),
    repeat: flag,
  },
  ['steps'],
);

/** @throws {ScenarioError} naming the line and the field. */
export function parseScenario(json: string): Scenario {
  const read = scenario(parseJson(json), '');
  if (read.repeat && !read.steps.some(({ when, after = 0 }) => when !== undefined || after > 0)) {
    throw new ScenarioError(1, 'repeat', 'would never pause: at least one step needs “when” or “after”');
  }
  return read;
}

function parseJson(json: string): ValueNode {
  try {
    return parse(json).body;
  } catch (cause) {
    const { line = 1, message } = cause as Error & { line?: number };
    throw new ScenarioError(line, '', `is not valid JSON: ${message.replace(/ \(\d+:\d+\)$/, '')}`);
  }
}
