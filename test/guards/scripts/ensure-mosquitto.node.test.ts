/**
 * The search for the tests' broker, and the message when there is none. Nothing is installed here: no PATH has apt-get.
 */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, makeProject, root, runScript, type Outcome } from './run-script.js';

const find = (env: Record<string, string>): Outcome => runScript(root, 'tools/ensure-mosquitto.mjs', [], env);

function makeProgram(): string {
  const file = path.join(makeFolder(), 'mosquitto');
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

test('MOSQUITTO_PATH comes first, then PATH', () => {
  const [wanted, other] = [makeProgram(), makeProgram()];
  expect(find({ MOSQUITTO_PATH: wanted, PATH: path.dirname(other) })).toMatchObject({
    status: 0,
    stdout: `${wanted}\n`,
  });
  expect(find({ PATH: path.dirname(other) }).stdout).toBe(`${other}\n`);
});

test('a MOSQUITTO_PATH that cannot be run is an error, whatever else is there', () => {
  const { status, stderr } = find({ MOSQUITTO_PATH: '/nothing/here', PATH: path.dirname(makeProgram()) });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^MOSQUITTO_PATH is “\/nothing\/here”.*\n$/);
});

test.skipIf(existsSync('/usr/sbin/mosquitto') || process.platform !== 'linux')(
  'without one it says in one line what to do',
  () => {
    const { status, stdout, stderr } = find({ PATH: makeFolder() });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^No mosquitto found: .*MOSQUITTO_PATH.*\n$/);
  },
);

test('what is skipped for want of a broker is said at the end of npm test, and fails nothing', () => {
  const project = makeProject();
  writeFileSync(path.join(project, 'vitest.config.js'), `export default { test: { include: ['*.test.js'] } };\n`);
  writeFileSync(path.join(project, 'package.json'), `{ "type": "module" }\n`);
  writeFileSync(path.join(project, 'a.test.js'), `import { test } from 'vitest';\ntest('passes', () => {});\n`);
  const { status, stdout } = runScript(project, 'scripts/test.mjs', ['--only', 'node', 'a.test.js'], {
    ...process.env,
    MOSQUITTO_PATH: '/nothing/here',
  });
  expect(stdout).toMatch(/\nSkipped: tests with an MQTT broker\. MOSQUITTO_PATH .*\n\n1 passed, 0 failed\n$/);
  expect(status).toBe(0);
});
