/**
 * A plugin of the browser test runner that gives pages what tests of both, `*.both.test.ts`, import in Node and pages cannot
 * load: Vitest, which Mocha stands in for, packages that are not ES modules, and vectors, which are JSON. The simulated reader
 * imports such a package too (des.js); a page's own bundler does the same with it.
 */
import { bundle } from '../../tools/bundle.mjs';

const VECTORS = '/test/support/vectors/';
const BUNDLED = '/__bundled/';

/**
 * Packages that are not ES modules, and what the module in the page exports.
 * @type {Readonly<Record<string, string>>}
 */
const bundled = {
  ajv: `export { Ajv } from 'ajv';`,
  'des.js': `export { default } from 'des.js';`,
  dukpt: `export { default } from 'dukpt';`,
};

/** @type {Readonly<Record<string, string>>} */
const inPages = {
  vitest: '/test/support/vitest-in-pages.ts',
  ...Object.fromEntries(Object.keys(bundled).map((name) => [name, `${BUNDLED}${name}`])),
};

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function bothPlugin() {
  return {
    name: 'both',
    resolveImport: ({ source }) => inPages[source],
    async serve({ path }) {
      const code = path.startsWith(BUNDLED) ? bundled[path.slice(BUNDLED.length)] : undefined;
      if (code === undefined) return undefined;
      const files = await bundle(code);
      return { body: files.map(({ code }) => code).join('\n'), type: 'js' };
    },
    // The compiler leaves out that the import is one of JSON.
    resolveMimeType: ({ path }) => (path.startsWith(VECTORS) ? 'js' : undefined),
    transform: ({ path, body }) => (path.startsWith(VECTORS) ? `export default ${String(body)}` : undefined),
  };
}
