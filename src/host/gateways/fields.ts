/**
 * Fields of answers whose spelling differs between versions of a service: names are read without regard to case, and a value of
 * another type than expected is not there.
 */

/** An object of an answer; empty where there is none. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a value; none where it is not an object. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
}

/** The object in a field. */
export const inner = (fields: Fields, name: string): Fields => fieldsOf(fields.get(name.toLowerCase()));

/** Text that is not empty. */
export function text(fields: Fields, name: string): string | undefined {
  const value = fields.get(name.toLowerCase());
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** True and false; undefined for everything else, also for `"true"`. */
export function flag(fields: Fields, name: string): boolean | undefined {
  const value = fields.get(name.toLowerCase());
  return typeof value === 'boolean' ? value : undefined;
}

/** A number as decimal text, or text as it is. */
export function decimal(fields: Fields, name: string): string | undefined {
  const value = fields.get(name.toLowerCase());
  return typeof value === 'number' ? String(value) : text(fields, name);
}

/** The value of a key in a list of `{ key, value }`. */
export function listed(fields: Fields, name: string, key: string): string | undefined {
  const list = fields.get(name.toLowerCase());
  if (!Array.isArray(list)) return undefined;
  return text(list.map(fieldsOf).find((entry) => text(entry, 'key') === key) ?? new Map<string, unknown>(), 'value');
}
