/**
 * Checks of values of a scenario, with the place of the value in the error.
 * It does not know what a scenario is; `parse.ts` does.
 */
import type { ValueNode } from '@humanwhocodes/momoa';

/** A scenario that cannot be used: what is wrong, in which line, in which field. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** Counts from 1. */
  readonly line: number;
  /** Such as `steps[2].card`; empty for the whole text. */
  readonly field: string;

  constructor(line: number, field: string, problem: string) {
    super(`line ${String(line)}${field === '' ? '' : `, ${field}`}: ${problem}`);
    this.line = line;
    this.field = field;
  }
}

/** Reads one value, or throws. */
export type Check<T = unknown> = (node: ValueNode, field: string) => T;

const fail = (node: ValueNode, field: string, problem: string): never => {
  throw new ScenarioError(node.loc.start.line, field, problem);
};

export const text: Check<string> = (node, field) =>
  node.type === 'String' ? node.value : fail(node, field, 'must be a text');

export const matching =
  (pattern: RegExp, words: string): Check<string> =>
  (node, field) => {
    const value = text(node, field);
    return pattern.test(value) ? value : fail(node, field, `must be ${words}`);
  };

export const oneOf =
  <T extends string>(values: readonly T[]): Check<T> =>
  (node, field) => {
    const value = text(node, field);
    return values.find((each) => each === value) ?? fail(node, field, `must be one of ${values.join(', ')}`);
  };

export const whole =
  (least: number, most: number): Check<number> =>
  (node, field) =>
    node.type === 'Number' && Number.isInteger(node.value) && node.value >= least && node.value <= most
      ? node.value
      : fail(node, field, `must be a whole number from ${String(least)} to ${String(most)}`);

export const flag: Check<boolean> = (node, field) =>
  node.type === 'Boolean' ? node.value : fail(node, field, 'must be true or false');

export const listOf =
  <T>(check: Check<T>, least = 0): Check<readonly T[]> =>
  (node, field) => {
    if (node.type !== 'Array') return fail(node, field, 'must be a list');
    if (node.elements.length < least) fail(node, field, `must have at least ${String(least)} entries`);
    return node.elements.map(({ value }, at) => check(value, `${field}[${String(at)}]`));
  };

/** Checks of the fields of an object; those that it must have are named. */
export const objectOf =
  <T>(checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check<T> =>
  (node, field) => {
    const members = membersOf(node, field);
    for (const name of required) {
      if (!members.has(name)) fail(node, fieldOf(field, name), 'is missing');
    }
    const read = [...members].map(([name, value]) => {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      const at = fieldOf(field, name);
      return [
        name,
        check ? check(value, at) : fail(value, at, `is not known: there are ${Object.keys(checks).join(', ')}`),
      ];
    });
    return Object.fromEntries(read) as T;
  };

/** The value of one field of an object, before the others are looked at. */
export function member<T>(node: ValueNode, field: string, name: string, check: Check<T>): T {
  const value = membersOf(node, field).get(name);
  return value ? check(value, fieldOf(field, name)) : fail(node, fieldOf(field, name), 'is missing');
}

const fieldOf = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);

function membersOf(node: ValueNode, field: string): Map<string, ValueNode> {
  if (node.type !== 'Object') return fail(node, field, 'must be an object');
  const members = new Map<string, ValueNode>();
  for (const { name, value } of node.members) {
    const key = name.type === 'String' ? name.value : name.name;
    if (members.has(key)) fail(value, fieldOf(field, key), 'is there twice');
    members.set(key, value);
  }
  return members;
}
