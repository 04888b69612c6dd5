/** How many errors are made of what was pasted by mistake: each has a stack, which in a page costs more than reading its line. */
import { expect, test, vi } from 'vitest';
import { recognise } from '../../../src/toolbox/recognise.js';

const errors = vi.hoisted(() => ({ made: 0 }));
vi.mock(import('../../../src/mms/error.js'), async (original) => {
  const real = await original();
  class MmsError extends real.MmsError {
    constructor(...args: ConstructorParameters<typeof real.MmsError>) {
      super(...args);
      errors.made++;
    }
  }
  return { ...real, MmsError };
});

const CANCEL = 'AA0081040113100884021008';

test.each([
  ['words', 'the reader said nothing'],
  ['a number', '12345'],
  ['digits and a slip', 'AA00 81xx'],
  ['half a byte', 'AA:0:81'],
  ['base64 that is cut short', 'qgCBBAETEAiEAhAIqgCBB'],
  ['bytes that are nothing', '0011223344'],
  ['a tag that nobody has named', 'C7FF'],
])('no error is made of a line with %s', (_, line) => {
  errors.made = 0;
  const { findings, problems } = recognise(`${CANCEL}\n${`${line}\n`.repeat(10)}${CANCEL}`);
  expect([findings.length, problems.length, errors.made]).toEqual([2, 10, 0]);
});

test('one error is made of a line with a message or an object that is wrong within', () => {
  errors.made = 0;
  const { findings, problems } = recognise(`${CANCEL}\nAA0081\n9F0206\n${CANCEL}`);
  expect([findings.length, problems.length, errors.made]).toEqual([2, 2, 2]);
});
