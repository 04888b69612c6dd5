/**
 * The commands of the panel with their forms: those of the seed guide, and more that begin with a form.
 * It is loaded after the first look, because forms are large.
 */
import { toHex } from '../../mms/hex.js';
import { commandForms, seedForms, type CommandForm } from './command-forms.js';
import { seedCommands, sourcesOf, type PanelCommand } from './command-list.js';

export function commandsWithForms(): readonly PanelCommand[] {
  const seeds = seedCommands.map((command): PanelCommand => {
    const seed = seedForms[command.name];
    if (!seed) return command;
    const of = commandForms[seed[0]];
    return { ...command, form: { of, values: { ...of.initial, ...seed[1] } } };
  });
  const more = Object.values(commandForms).map((of): PanelCommand => {
    const { name, title, description, initial: values } = of;
    const hex = initialHex(of);
    return {
      name: `form-${name}`,
      title,
      group: 'build',
      description,
      sources: sourcesOf(hex),
      hex,
      form: { of, values },
    };
  });
  return [...seeds, ...more];
}

/** What a form makes of its first values; empty where something has to be filled in first. */
function initialHex({ build, initial }: CommandForm): string {
  try {
    return toHex(build(initial).bytes);
  } catch {
    return '';
  }
}
