/**
 * The search for the tests' browsers, and the message when there are none. Nothing is installed here: no PATH has apt-get.
 */
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, root, runScript } from './run-script.js';

/** Puts programs of these names in a folder, and gives the folder. */
function makePrograms(...names: string[]): string {
  const folder = makeFolder();
  for (const name of names) {
    writeFileSync(path.join(folder, name), '#!/bin/sh\n');
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

describe.each([
  {
    script: 'ensure-chromium.mjs',
    name: 'Chromium',
    variable: 'CHROME_PATH',
    names: ['chromium', 'google-chrome'],
    others: [],
  },
  {
    script: 'ensure-firefox.mjs',
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    others: [],
  },
  {
    script: 'ensure-webkit.mjs',
    name: 'WebKitWebDriver',
    variable: 'WEBKIT_DRIVER',
    names: ['WebKitWebDriver'],
    others: ['Xvfb'],
  },
])('$script', ({ script, name, variable, names, others }) => {
  const find = (env: Record<string, string>): ReturnType<typeof runScript> =>
    runScript(root, `tools/${script}`, [], env);

  test('its variable comes first', () => {
    const wanted = path.join(makePrograms('my-browser'), 'my-browser');
    const env = { [variable]: wanted, PATH: makePrograms(...names, ...others) };
    expect(find(env)).toMatchObject({ status: 0, stdout: `${wanted}\n` });
  });

  test('a variable that names nothing that can be run is an error, whatever else is there', () => {
    const { status, stderr } = find({ [variable]: '/nothing/here', PATH: makePrograms(...names, ...others) });
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${variable} is “/nothing/here”.*\\n$`));
  });

  test('a folder is not a browser', () => {
    expect(find({ [variable]: makeFolder(), PATH: '' }).status).toBe(1);
  });

  test.each(names)('%s is found on PATH', (program) => {
    const folder = makePrograms(program, ...others);
    const { stdout } = find({ PATH: `${makeFolder()}${path.delimiter}${folder}` });
    expect(stdout).toBe(`${path.join(folder, program)}\n`);
  });

  test.runIf(process.platform === 'linux')('without one it says in one line what to do', () => {
    const { status, stdout, stderr } = find({ PATH: makeFolder() });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^No ${name} found: .*${variable}.*\\n$`));
  });
});

test('WebKit needs a display as well', () => {
  const { status, stderr } = runScript(root, 'tools/ensure-webkit.mjs', [], { PATH: makePrograms('WebKitWebDriver') });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^No Xvfb found: .*XVFB_PATH/);
});
