/**
 * The keys with which a person at a terminal plays the cardholder.
 * It does not know terminals.
 */
import type { FaultName } from '../simulator/faults/index.js';
import type { SimulatedReader } from '../simulator/simulated-reader.js';

interface Key {
  readonly words: string;
  press(reader: SimulatedReader): void;
}

const fault = (name: FaultName): Key => ({
  words: name,
  press: (reader) => {
    if (reader.face.faults.includes(name)) reader.endFault(name);
    else reader.startFault(name);
  },
});

const keys: Readonly<Record<string, Key>> = {
  i: { words: 'insert', press: (reader) => reader.insert() },
  t: { words: 'tap', press: (reader) => reader.tap() },
  s: { words: 'swipe', press: (reader) => reader.swipe() },
  n: { words: 'tap a tag', press: (reader) => reader.tap('ntag') },
  b: { words: 'insert a broken chip', press: (reader) => reader.insert('brokenChip') },
  r: { words: 'remove', press: (reader) => reader.remove() },
  p: { words: 'enter PIN 1234', press: (reader) => reader.enterPin() },
  g: {
    words: 'sign',
    press: (reader) => {
      reader.sign([
        [
          { x: 20, y: 60 },
          { x: 120, y: 30 },
          { x: 220, y: 80 },
        ],
      ]);
    },
  },
  c: { words: 'cancel key', press: (reader) => reader.cancel() },
  m: fault('mute'),
  d: fault('drop'),
  o: fault('offline'),
  l: fault('low-battery'),
  z: { words: 'restart', press: (reader) => reader.restart() },
  e: { words: 'end all faults', press: (reader) => reader.endFault() },
};

/** All keys in one line. */
export const keyHelp = `Keys: ${Object.entries(keys)
  .map(([key, { words }]) => `${key} ${words}`)
  .join(', ')}`;

/** What a key did, in words; undefined where it has no meaning. */
export function pressKey(reader: SimulatedReader, key: string): string | undefined {
  const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
  known?.press(reader);
  return known && `key: ${known.words}`;
}
