/**
 * The part of Vitest that tests of both import, for a page: Mocha runs them there, and Vitest's own `expect` checks, which is a
 * package of its own. It has what those tests use and nothing more, and does not know what they are about.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  type ExpectStatic,
} from '@vitest/expect';

type Run = (...args: never[]) => unknown;
type Add = (name: string, run: Run) => void;

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  (globalThis as unknown as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT],
) as unknown as ExpectStatic;

/** Milliseconds, as in Vitest's settings. */
const TEST_TIMEOUT = 30_000;

/** Adds one for each row; a row that is not a list is the only argument. */
const eachWith =
  (add: Add) =>
  (rows: readonly unknown[]): Add =>
  (name, run) => {
    for (const row of rows) {
      const args: readonly unknown[] = Array.isArray(row) ? row : [row];
      const left = args.map(String);
      const title = name.replaceAll(/%[ds]/g, () => left.shift() ?? '');
      add(title, () => run(...(args as never[])));
    }
  };

function addTest(name: string, ...rest: [Run] | [{ timeout: number }, Run]): void {
  const [{ timeout }, run] = rest.length === 1 ? [{ timeout: TEST_TIMEOUT }, rest[0]] : rest;
  // Mocha would take a parameter for its callback.
  globalThis.it(name, () => run()).timeout(timeout);
}

const skip = (name: string): void => {
  globalThis.it.skip(name);
};

export const test = Object.assign(addTest, {
  each: eachWith(addTest),
  skip,
  runIf: (condition: boolean) => (condition ? addTest : skip),
});

/** Run after each test of the suite that is being described. */
let cleanups: Run[] = collectCleanups();

/** Vitest runs what was registered last first, Mocha the other way round. */
function collectCleanups(): Run[] {
  const collected: Run[] = [];
  globalThis.afterEach(async () => {
    for (const cleanUp of collected.toReversed()) await cleanUp();
  });
  return collected;
}

const addSuite: Add = (name, run) => {
  globalThis.describe(name, () => {
    const outer = cleanups;
    cleanups = collectCleanups();
    run();
    cleanups = outer;
  });
};

export const describe = Object.assign(addSuite, { each: eachWith(addSuite) });

export const afterEach = (cleanUp: Run): void => {
  cleanups.push(cleanUp);
};

export const beforeEach = (prepare: Run): void => {
  globalThis.beforeEach(() => prepare());
};
