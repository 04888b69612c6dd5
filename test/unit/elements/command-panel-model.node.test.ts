/** The parts of the command panel, without a page: forms, changed bytes, groups, checks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedBytes } from '../../../src/elements/command-panel/bytes-diff.js';
import { checkCommand, isDangerous } from '../../../src/elements/command-panel/check-command.js';
import { commandForms, seedForms, type CommandForm } from '../../../src/elements/command-panel/command-forms.js';
import { groupCommands, seedCommands } from '../../../src/elements/command-panel/command-list.js';
import { catalogue } from '../../../src/mms/catalogue.js';
import { decodeMessage } from '../../../src/mms/decode.js';
import { withReference } from '../../../src/mms/encode.js';
import { toHex } from '../../../src/mms/hex.js';
import { commandSources } from '../../../src/mms/tables/commands.js';
import { notificationSources, sourceNames } from '../../../src/mms/tables/sources.js';
import { errorOf } from '../../support/error-of.js';

const forms: readonly CommandForm[] = Object.values(commandForms);

describe('forms', () => {
  test.each(Object.entries(seedForms))(
    'give the seed guide’s bytes for %s, until something is changed',
    (name, [form, values]) => {
      const { hex } = catalogue.find((entry) => entry.name === name) ?? { hex: '' };
      const of: CommandForm = commandForms[form];
      const request = of.build({ ...of.initial, ...values });
      expect(toHex(withReference(request, decodeMessage(hex).reference).bytes)).toBe(hex);
    },
  );

  test('cover every command of the seed guide that has parameters', () => {
    const without = catalogue.filter(({ name }) => !(name in seedForms)).map(({ name }) => name);
    expect(without).toEqual(['cancel-emv', 'reset-device']);
  });

  test('have fields for all their values, and no others', () => {
    for (const { fields, initial } of forms) {
      const names = fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(Object.keys(initial)));
    }
  });

  test('refuse what cannot be sent by naming the field, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.string(), fc.nat(), (form, text, at) => {
        const field = form.fields[at % form.fields.length];
        if (!field) return;
        try {
          const request = form.build({ ...form.initial, [field.name]: text });
          expect(decodeMessage(request.bytes).kind).toBe('request');
        } catch (error) {
          expect(error).toMatchObject({ name: 'MmsError', code: 'bad-value' });
        }
      }),
    );
    const start = commandForms['start-transaction'];
    expect(errorOf(() => start.build({ ...start.initial, amount: '1.234' })).message).toContain('amount');
    expect(errorOf(() => start.build({ ...start.initial, timeout: '' })).message).toContain('timeout');
  });
});

describe('changed bytes', () => {
  const marked = (before: string, after: string): string =>
    changedBytes(before, after)
      .map(({ hex, isChanged }) => (isChanged ? `[${hex}]` : hex))
      .join('');

  test('are those that differ', () => {
    expect(marked('AA01', 'AA01')).toBe('AA01');
    expect(marked('AA0102', 'AA0302')).toBe('AA[03]02');
    expect(marked('AA01020304', 'AA02020404')).toBe('AA[02]02[04]04');
    expect(marked('AA0102', 'AA01050602')).toBe('AA01[0506]02');
    expect(marked('AA01050602', 'AA0102')).toBe('AA0102');
    expect(marked('', 'AA')).toBe('[AA]');
  });

  test('together are the new bytes', () => {
    const hex = fc.uint8Array({ maxLength: 30 }).map(toHex);
    fc.assert(
      fc.property(hex, hex, (before, after) => {
        const stretches = changedBytes(before, after);
        expect(stretches.map((stretch) => stretch.hex).join('')).toBe(after);
        expect(stretches.some(({ isChanged }) => isChanged) || before.length >= after.length || before === after).toBe(
          true,
        );
      }),
    );
  });
});

describe('the list', () => {
  const titles = (search: string, favourites: readonly string[] = []): string[] =>
    groupCommands(seedCommands, search, favourites).map(
      ({ id, commands }) => `${id}: ${commands.map((c) => c.title).join()}`,
    );

  test('is searched by title, description and bytes', () => {
    expect(titles('approved')).toEqual(['display: Display Approved']);
    expect(titles('aa00810401121f01')).toEqual(['device: Reset Device']);
    expect(titles('such as nobody has')).toEqual([]);
    expect(titles('restarts')).toEqual(['device: Reset Device']);
  });

  test('shows favourites first, and once', () => {
    const groups = groupCommands(seedCommands, '', ['nfc', 'gone']);
    expect(groups[0]).toMatchObject({ id: 'favourites', commands: [{ name: 'nfc' }] });
    const names = groups.flatMap(({ commands }) => commands.map(({ name }) => name));
    expect(names.sort()).toEqual(seedCommands.map(({ name }) => name).sort());
  });

  test('names the sources of each command', () => {
    for (const { sources } of seedCommands) expect(sources).not.toBe('');
    expect(sourceNames(commandSources[0x1001])).toBe(
      'example commands of the vendor’s demo; MagTek demo WebHID_Public; ' +
        'DynaFlex II Go Programmer’s Manual, page 94; DynaFlex II Go Programmer’s Manual, page 95',
    );
  });

  test('every key of a source has a name', () => {
    for (const keys of [...Object.values(commandSources), ...Object.values(notificationSources)]) {
      // What we inferred ourselves is not a source.
      const published = keys.split(', ').filter((key) => key !== 'D');
      expect(sourceNames(keys).split('; ')).toHaveLength(published.length);
    }
  });
});

describe('a check', () => {
  test('asks about what restarts, writes or loads', () => {
    const asked = catalogue.filter(({ hex }) => isDangerous(decodeMessage(hex).id)).map(({ name }) => name);
    expect(asked).toEqual([
      'reset-device',
      'set-user-notify-all-events',
      'set-dynaprox-user-notify',
      'set-websocket-connections-1',
      'set-websocket-connections-4',
    ]);
    expect([0xd801, 0xd901, 0x1f05, 0xef02, 0xef06, 0xef07].every(isDangerous)).toBe(true);
    expect([0xd101, 0xef11].some(isDangerous)).toBe(false);
  });

  test('takes requests only', () => {
    expect(checkCommand('AA0081040113100884021008').request?.id).toBe(0x1008);
    expect(checkCommand('AA00810482131008820400000000').error?.detail).toContain('Only requests');
  });
});
