/**
 * `docs/protocol-tables.md` is written from the tables. After a change: `npx vitest run test/unit/mms/tables/protocol-doc -u`.
 */
import { expect, test } from 'vitest';
import { format } from 'prettier';
import { commandInfo, commandNames, commandSources } from '../../../../src/mms/tables/commands.js';
import { notifications } from '../../../../src/mms/tables/notifications.js';
import { notificationSources } from '../../../../src/mms/tables/sources.js';

const hex = (id: number): string => id.toString(16).toUpperCase().padStart(4, '0');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const numbers = (rows: object): number[] =>
  Object.keys(rows)
    .map(Number)
    .sort((a, b) => a - b);

test('every command and notification is documented with its source', async () => {
  const commands = numbers(commandNames).map((id) => {
    const { name = '', title = '' } = commandInfo(id) ?? {};
    return [hex(id), title, `\`${name}\``, (commandSources as Readonly<Record<number, string>>)[id] ?? ''];
  });
  const kinds = [...notifications].filter(([key]) => key.length === 4);
  const rows = kinds.map(([number, [name, text]]) => [
    number,
    text,
    `\`${name}\``,
    notificationSources[parseInt(number, 16)] ?? '',
  ]);
  expect(numbers(notificationSources).map(hex)).toEqual(kinds.map(([number]) => number));
  const details = [...notifications]
    .filter(([key]) => key.length > 4)
    .map(([key, [name, text]]) => {
      const number = key.slice(0, 4);
      return [number === '1803' ? '1803, 1805' : number, `\`${key.slice(4)}\``, text, `\`${name}\``];
    });
  for (const row of [...commands, ...rows]) expect(row[3], row[0]).not.toBe('');
  const page = [
    '# Commands and notifications\n',
    'Written from the tables of the code. The keys of the sources are explained in [The protocol](protocol.md).\n',
    '## Commands\n',
    `${table(['number', 'command', 'name', 'sources'], commands)}\n`,
    '## Notifications\n',
    `${table(['number', 'notification', 'name', 'sources'], rows)}\n`,
    '## Detail codes of notifications\n',
    'A dash stands for any digit, `{n}` for the value of that byte. Readers send more codes than any published source lists.\n',
    `${table(['number', 'detail', 'meaning', 'name'], details)}\n`,
  ].join('\n');
  await expect(await format(page, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot(
    '../../../../docs/protocol-tables.md',
  );
});
