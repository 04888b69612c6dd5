/** The search for the tests' PostgreSQL, and the message when there is none. Nothing is installed here: no PATH has apt-get. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, root, runScript, type Outcome } from './run-script.js';

const find = (env: Record<string, string>): Outcome => runScript(root, 'tools/ensure-postgres.mjs', [], env);

function makeProgram(): string {
  const file = path.join(makeFolder(), 'postgres');
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

test('POSTGRES_PATH comes first, then PATH', () => {
  const [wanted, other] = [makeProgram(), makeProgram()];
  expect(find({ POSTGRES_PATH: wanted, PATH: path.dirname(other) })).toMatchObject({
    status: 0,
    stdout: `${wanted}\n`,
  });
  expect(find({ PATH: path.dirname(other) }).stdout).toBe(`${other}\n`);
});

test('a POSTGRES_PATH that cannot be run is an error, whatever else is there', () => {
  const { status, stderr } = find({ POSTGRES_PATH: '/nothing/here', PATH: path.dirname(makeProgram()) });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^POSTGRES_PATH is “\/nothing\/here”.*\n$/);
});

test.skipIf(existsSync('/usr/lib/postgresql') || process.platform !== 'linux')(
  'without one it says in one line what to do',
  () => {
    const { status, stdout, stderr } = find({ PATH: makeFolder() });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^No PostgreSQL found: .*POSTGRES_PATH.*\n$/);
  },
);
