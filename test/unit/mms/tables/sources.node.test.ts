/** Every key of the tables of sources has a name for people. */
import { expect, test } from 'vitest';
import { commandInfo, commandSources } from '../../../../src/mms/tables/commands.js';
import { notificationSources, sourceNames } from '../../../../src/mms/tables/sources.js';

test('a source is named with its place', () => {
  expect(sourceNames('S, PJ, MG p94, DP 1100')).toBe(
    'example commands of the vendor’s demo; MagTek demo WebHID_Public; DynaFlex II Go Programmer’s Manual, page 94; ' +
      'developer.magtek.com, page 1100',
  );
});

test('what is inferred, or of a kind without a name, is left out', () => {
  expect(sourceNames('PJ, D')).toBe('MagTek demo WebHID_Public');
  expect(sourceNames('')).toBe('');
});

test('of each command and notification at least one source has a name', () => {
  for (const keys of [...Object.values(commandSources), ...Object.values(notificationSources)]) {
    expect(sourceNames(keys), keys).not.toBe('');
  }
});

test('a command is known by name and title, other numbers are not', () => {
  expect(commandInfo(0x1001)).toEqual({ name: 'start-transaction', title: 'Start Transaction' });
  expect(commandInfo(0x7777)).toBeUndefined();
});
