/**
 * A plugin of the browser test runner that gives pages what tests of both, `*.both.test.ts`, import in Node and pages cannot
 * load: Vitest, which Mocha stands in for, a package that is no ES module, and vectors, which are JSON.
 */
import { bundle } from '../../scripts/bundle.mjs';

const VECTORS = '/test/support/vectors/';
const AJV = '/__bundled/ajv.js';

/** @type {Readonly<Record<string, string>>} */
const inPages = { vitest: '/test/support/vitest-in-pages.ts', ajv: AJV };

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function bothPlugin() {
  return {
    name: 'both',
    resolveImport: ({ source }) => inPages[source],
    async serve({ path }) {
      if (path !== AJV) return undefined;
      const files = await bundle(`export { Ajv } from 'ajv';`);
      return { body: files.map(({ code }) => code).join('\n'), type: 'js' };
    },
    // The compiler leaves out that the import is one of JSON.
    resolveMimeType: ({ path }) => (path.startsWith(VECTORS) ? 'js' : undefined),
    transform: ({ path, body }) => (path.startsWith(VECTORS) ? `export default ${String(body)}` : undefined),
  };
}
