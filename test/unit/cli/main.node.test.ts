import { describe, expect, test } from 'vitest';
import { VERSION } from '../../../src/version.js';
import { run } from './run.js';

describe('magtek-elements', () => {
  test.each(['--help', '-h', 'help'])('%s lists the commands', async (argument) => {
    const { code, stdout, stderr } = await run([argument]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: /);
    expect(stdout).toMatch(/^ {2}decode +prints /m);
    expect(stderr).toBe('');
  });

  test('--version prints the version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  test('explains itself on standard error without a command', async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: /);
  });

  test('names a command that does not exist', async () => {
    const { code, stdout, stderr } = await run(['decod']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no command “decod”');
  });
});
