/**
 * Bundles a few lines that import this package, as a page's own build would do, in memory. It looks at dist/.
 * It does not know what the lines are for.
 */
import { build } from 'vite';
import { root } from './run-tool.mjs';

const entry = 'virtual:entry';

/**
 * A file and all that it imports at once, itself first.
 * @param {readonly import('vite').Rolldown.OutputChunk[]} chunks @param {string} name
 */
export function closure(chunks, name) {
  const found = new Set([name]);
  for (const file of found)
    chunks.find(({ fileName }) => fileName === file)?.imports.forEach((next) => found.add(next));
  return [...found];
}

/**
 * @param {string} code a module; `magtek-elements/…` is resolved through the `exports` of package.json
 * @param {import('vite').Plugin[]} [more] plugins of the bundler that come first
 * @param {{ minify?: boolean, exports?: 'exports-only' | 'strict' }} [options] whether the code is made small, and whether the file
 * of the module exports just what the module does: `strict`
 * @typedef {object} BundledFile
 * @property {string} name
 * @property {string} code
 * @property {boolean} isInitial whether it is loaded at once, not when the code asks for it
 * @property {boolean} isDynamicEntry whether the code asks for it by its name
 * @property {string[]} imports names of the files that it cannot do without
 *
 * @returns {Promise<BundledFile[]>}
 */
export async function bundle(code, more = [], { minify = true, exports = 'exports-only' } = {}) {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [
      ...more,
      {
        name: 'entry',
        enforce: 'pre',
        // Its name is a file of this folder, so that the package can refer to itself.
        resolveId: (id) => (id === entry ? `${root}/entry.js` : undefined),
        load: (id) => (id === `${root}/entry.js` ? code : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: exports, output: { format: 'es' } },
    },
  });
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (Array.isArray(built) ? built[0] : built);
  const chunks = output.filter((file) => file.type === 'chunk');
  const initial = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName }) => closure(chunks, fileName)));
  return chunks.map(({ fileName, code, isDynamicEntry, imports }) => ({
    name: fileName,
    code,
    isInitial: initial.has(fileName),
    isDynamicEntry,
    imports,
  }));
}
