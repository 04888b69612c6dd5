/** Options that a method cannot work with: refused with their name, before anything is sent. */
import { ReaderError } from './reader-error.js';

/** @param detail What is wrong, as a whole sentence. */
export const badOption = (name: string, detail: string, cause?: unknown): ReaderError =>
  new ReaderError('bad-option', { detail, because: { code: 'option', values: { name } }, cause });

/** The names of all options of a kind. */
export type OptionNames<Options> = Readonly<Record<keyof Required<Options>, true>>;

/**
 * Refuses options that nobody here knows. TypeScript does it for those who use it; to others a misspelt `timout` would be a sale
 * with another time limit than they think.
 * @throws {ReaderError} `bad-option` for the first that is not among `names`.
 */
export function refuseUnknown<Options extends object>(options: Options | undefined, names: OptionNames<Options>): void {
  const unknown = Object.keys(options ?? {}).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  throw badOption(unknown, `${unknown} is not an option: there are ${Object.keys(names).join(', ')}.`);
}
