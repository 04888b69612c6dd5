/**
 * Templates of frameworks are typed: each folder beside this file has one that is right and one that is wrong, and the
 * framework's own checker finds exactly what is wrong. It looks at what `npm run build` made.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

interface Checker {
  /** The file that is run. */
  readonly program: string;
  readonly args: readonly string[];
}

const checkers: Record<string, Checker> = {
  react: { program: 'typescript/bin/tsc', args: ['--pretty', 'false', '-p', 'test/guards/types/react'] },
  vue: { program: 'vue-tsc/bin/vue-tsc.js', args: ['--pretty', 'false', '-p', 'test/guards/types/vue'] },
  svelte: {
    program: 'svelte-check/bin/svelte-check',
    args: ['--workspace', 'test/guards/types/svelte', '--tsconfig', './tsconfig.json', '--output', 'machine'],
  },
};

/** What a checker prints, whatever it thinks of the files. */
function run({ program, args }: Checker): Promise<string> {
  return new Promise((resolve) => {
    const file = path.join(root, 'node_modules', program);
    execFile(process.execPath, [file, ...args], { cwd: root }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}

/** File and line of each error: `a.ts(3,1): error …` or `ERROR "a.svelte" 3:1 …`. */
function errorsIn(output: string): string[] {
  const found = output.matchAll(/^(\S+?)\((\d+),\d+\): error|ERROR "([^"]+)" (\d+):\d+/gm);
  return [...found].map(([, file, line, otherFile, otherLine]) =>
    [path.basename(file ?? otherFile ?? ''), line ?? otherLine].join(':'),
  );
}

/** The lines of the wrong template that use a tag with a reader's name, an attribute or a listener which is wrong. */
function wrongLines(file: string): string[] {
  const lines = readFileSync(path.join(root, 'test/guards/types', file), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    line.includes('<magtek-reader') ? [`${path.basename(file)}:${String(index + 1)}`] : [],
  );
}

describe.concurrent('templates', () => {
  test.for([
    ['react', 'tsx'],
    ['vue', 'vue'],
    ['svelte', 'svelte'],
  ] as const)('of %s', async ([name, ending], { expect: expected }) => {
    const wrong = wrongLines(`${name}/Bad.${ending}`);
    expected(wrong.length).toBeGreaterThan(1);
    expected(errorsIn(await run(checkers[name]!))).toEqual(wrong);
  });
});

test('an error is found in what a checker prints', () => {
  expect(errorsIn('a/b.tsx(2,39): error TS1: no\n')).toEqual(['b.tsx:2']);
  expect(errorsIn('12 ERROR "c/D.svelte" 3:16 "no"\n')).toEqual(['D.svelte:3']);
});
