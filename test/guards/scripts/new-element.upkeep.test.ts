/** A new element, made in a copy of this project: it is built, documented, and passes lint and its own tests as it is. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { copyProject, root, runScript, type Outcome } from './run-script.js';

test('a new element passes every check', () => {
  const project = copyProject();
  const run = (script: string, ...args: string[]): Outcome => runScript(project, `scripts/${script}`, args);
  const tool = (file: string, ...args: string[]): Outcome =>
    spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: project, encoding: 'utf8' });
  const read = (file: string): string => readFileSync(path.join(project, file), 'utf8');

  const made = run('new-element.mjs', 'paper-receipt');
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);
  const files = [...made.stdout.matchAll(/^ {2}(\S+\.(?:ts|md|json))$/gm)].map(([, file = '']) => file);
  expect(files).toHaveLength(9);
  expect(read('src/loader/parts.ts')).toContain(`'magtek-paper-receipt': () => import(`);

  const built = run('build.mjs');
  expect(built.status, built.stdout + built.stderr).toBe(0);
  expect(read('docs/elements/paper-receipt.md')).toContain('# `<magtek-paper-receipt>`');
  expect(read('types/elements.d.ts')).toContain("'magtek-paper-receipt'");
  const { exports: entries } = JSON.parse(read('package.json')) as { exports: Record<string, { default: string }> };
  expect(existsSync(path.join(project, entries['./elements/paper-receipt']?.default ?? ''))).toBe(true);

  for (const check of [
    tool('typescript/bin/tsc', '--noEmit'),
    tool('prettier/bin/prettier.cjs', '--check', ...files, 'docs/elements'),
    tool('eslint/bin/eslint.js', ...files.filter((file) => file.endsWith('.ts'))),
    tool('lit-analyzer/cli.js', '--strict', 'src/elements/paper-receipt/*.ts'),
    tool(
      'vitest/vitest.mjs',
      'run',
      'test/guards/docs/architecture',
      'test/guards/package/manifest',
      'test/guards/docs/readme',
      'test/guards/docs/links',
    ),
    run('test.mjs', '--only', 'browser', 'test/unit/elements/paper-receipt.browser.test.ts'),
  ]) {
    expect(check.status, check.stdout + check.stderr).toBe(0);
  }

  expect(run('new-element.mjs', 'paper-receipt')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is src/elements/paper-receipt already.'),
  });
}, 1_800_000);

test('a name that can be no tag is refused before anything is written', () => {
  for (const name of ['Receipt', '', '-x', 'a_b']) {
    expect(runScript(root, 'scripts/new-element.mjs', [name])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Name the element in lower case'),
    });
  }
});
