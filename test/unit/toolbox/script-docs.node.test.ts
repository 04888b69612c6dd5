/** The table of verbs in docs/console.md says what the code does: each verb has its row, and there is no other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { doneVerbs, refusedVerbs } from '../../../src/toolbox/script-verbs.js';

const code = (text: string): string => text.replace(/<[a-z-]+>|\w+\.?\w+\(\)/g, (found) => `\`${found}\``);

test('docs/console.md has a row for each verb', () => {
  const done = Object.entries(doneVerbs).map(
    ([verb, { form, does }]) => `| \`${form === '' ? verb : `${verb},${form}`}\` | ${code(does)} |`,
  );
  const refused = Object.entries(refusedVerbs).map(([verb, { why }]) => `| \`${verb}\` | not done: ${code(why)} |`);
  const rows = readFileSync('docs/console.md', 'utf8')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => /^\| `[A-Z0-9_]+[`,]/.test(line));
  expect(rows).toEqual([...done, ...refused]);
});
