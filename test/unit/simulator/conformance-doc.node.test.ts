/**
 * `docs/conformance.md` is written from what the simulated reader does: every command is sent to it, and sessions are played
 * for what it tells. After a change: `npx vitest run test/unit/simulator/conformance-doc -u`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { commands } from '../../../src/mms/commands/index.js';
import { encodeMessage } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import { commandTitle } from '../../../src/mms/tables/command-titles.js';
import { commandNames, commandSources } from '../../../src/mms/tables/commands.js';
import { notifications } from '../../../src/mms/tables/notifications.js';
import { notificationSources } from '../../../src/mms/tables/sources.js';
import { UNKNOWN_COMMAND } from '../../../src/simulator/unconfirmed.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { seedTable } from '../../support/seed-table.js';
import { Bench } from './bench.js';

const folder = import.meta.dirname;
const tests = readdirSync(folder)
  .filter((name) => /\.(node|both)\.test\.ts$/.test(name) && !/^(conformance-doc|testing-guide)/.test(name))
  .map((name) => ({ name: name.replace(/\..*/, ''), text: readFileSync(path.join(folder, name), 'utf8') }));

const numberOf = (id: number): string => id.toString(16).toUpperCase().padStart(4, '0');

const filesWith = (isIn: (text: string) => boolean): string =>
  tests
    .filter(({ text }) => isIn(text))
    .map(({ name }) => name)
    .join(', ');

/** Tests that send a command: as hexadecimal, by its name in the seed table, with all of that table, or by a method. */
const sentIn = (number: string, name: string): string => {
  const inHex = new RegExp(`AA00810401..${number}`);
  const names = seedTable.filter(([, hex]) => inHex.test(hex)).map(([name]) => name);
  const method = `.${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}(`;
  return filesWith(
    (text) =>
      inHex.test(text) ||
      text.includes(method) ||
      (names.length > 0 && text.includes('(seedTable)')) ||
      names.some((each) => text.includes(`seed('${each}')`)),
  );
};

/** Tests that expect a notification, as `0105 …` or by its number. */
const expectedIn = (number: string): string =>
  filesWith((text) => new RegExp(`['^]${number} |0x${number.toLowerCase()}\\b`).test(text));

/** The reader refuses what it does not know in its own way, whatever the parameters are. */
function isKnown(id: number): boolean {
  const request = encodeMessage({ kind: 'request', direction: 'to-reader', id, reference: 1, payload: [] });
  return new Bench().ask(toHex(request)).status.detail !== UNKNOWN_COMMAND;
}

const image = { imageType: 1, sha256: sha256(Uint8Array.of(0)) };
const load = commands.loadFirmware({ ...image, image: Uint8Array.of(0) });

/** What begins something: the commands of the seed table and some more, and what is done in several steps. */
const sessions: readonly (readonly string[])[] = [
  ...seedTable.map(([, hex]) => [hex]),
  ...[
    [commands.requestSignature({ timeout: 5 })],
    [commands.readBarcode({ timeout: 5 })],
    [commands.buzzer({ tones: [{ frequency: 440, duration: 100 }] })],
    [commands.requestCardPin()],
    [commands.loadFirmware({ ...image, image: Uint8Array.of(1) })],
    [load, commands.commitFirmware(image), load],
  ].map((session) => session.map((request) => toHex(encodeMessage(request)))),
];

/** What a cardholder, or chance, does then. */
const actions: readonly ((reader: SimulatedReader) => void)[] = [
  () => undefined,
  (reader) => {
    reader.insert();
  },
  (reader) => {
    reader.insert('twoApplications');
  },
  (reader) => {
    reader.tap();
  },
  (reader) => {
    reader.tap('ntag');
  },
  (reader) => {
    reader.tap('mifare1k');
  },
  (reader) => {
    reader.swipe();
  },
  (reader) => {
    reader.collide();
  },
  (reader) => {
    reader.cancel();
  },
  (reader) => {
    reader.enterPin();
  },
  (reader) => {
    reader.sign([[{ x: 1, y: 1 }]]);
  },
  (reader) => {
    reader.scan('4006381333931');
  },
  (reader) => {
    reader.startFault('low-battery');
  },
];

/** The numbers of all notifications that a reader sent, with and without a display, in every pair of session and action. */
function heard(): Set<number> {
  const ids = new Set<number>();
  for (const display of [true, false]) {
    for (const session of sessions) {
      for (const action of actions) {
        const bench = new Bench({ display });
        for (const [at, hex] of session.entries()) {
          bench.send(hex);
          bench.clock.pass(at < session.length - 1 ? 10_000 : 100);
        }
        action(bench.reader);
        bench.clock.pass(10_000);
        bench.reader.remove();
        bench.clock.pass(100_000);
        for (const { kind, id } of bench.messages) if (kind === 'notification') ids.add(id);
        bench.reader.close();
      }
    }
  }
  return ids;
}

const table = (rows: readonly (readonly string[])[]): string =>
  [['number', 'name', 'simulated', 'sources', 'tested in'], Array<string>(5).fill('---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |\n`)
    .join('');

const sourcesOf = (sources: Readonly<Record<string, string>>, id: string): string => sources[id] ?? '';

test('what the simulated reader does is documented', async () => {
  const commandRows = Object.entries(commandNames).map(([id, name]) => {
    const number = numberOf(Number(id));
    return [
      number,
      commandTitle(Number(id)) ?? '',
      isKnown(Number(id)) ? 'yes' : 'refused',
      sourcesOf(commandSources, id),
      sentIn(number, name) || '–',
    ];
  });
  const told = heard();
  const kinds = [...notifications].filter(([key]) => key.length === 4);
  const notificationRows = kinds.map(([number, [, text]]) => {
    const id = parseInt(number, 16);
    return [
      number,
      text,
      told.has(id) ? 'yes' : 'no',
      sourcesOf(notificationSources, String(id)),
      expectedIn(number) || '–',
    ];
  });
  const page = [
    '# Conformance of the simulated reader\n',
    'Written by `test/unit/simulator/conformance-doc.node.test.ts` from what the reader does. A command is simulated where the reader',
    'does not refuse it as one that it does not have; it refuses those of which only the number and the name are published. A',
    'notification is simulated where the reader sent it in one of the sessions that the test plays. Sources are the keys that the code uses. “Tested in” names the files of `test/unit/simulator` that send the',
    'command, or expect the notification, as far as a search of their text finds it; other tests may do so in other words.\n',
    '## Commands\n',
    table(commandRows),
    '## Notifications\n',
    table(notificationRows),
  ].join('\n');
  const formatted = await format(page, { parser: 'markdown', printWidth: 120 });
  await expect(formatted).toMatchFileSnapshot('../../../docs/conformance.md');
});
