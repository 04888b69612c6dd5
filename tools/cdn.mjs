/**
 * Builds `cdn/`, for pages without a bundler: `magtek-elements.js`, a small loader, and beside it the code of each tag and what the
 * tags have in common; and `magtek-elements.all.js`, one file with every element but receipt, set-up, updater and simulated reader.
 *
 * The files beside the loader are cut so that a page asks for few: a first build finds which tags need which module, and a second
 * one puts together what the same tags need. All are named here, so that no file appears that nobody thought of.
 */
import path from 'node:path';
import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import { minify } from 'terser';
import { build } from 'vite';
import { closure } from './bundle.mjs';
import { root } from './run-tool.mjs';
import { shortPrivates } from './short-privates.mjs';

/**
 * @typedef {import('vite').Plugin} Plugin
 * @typedef {import('vite').Rolldown.OutputChunk} Chunk
 */

/**
 * What elements load on demand in the one file too, by its module, and the file that it is in.
 * @type {Readonly<Record<string, string>>}
 */
const onDemand = {
  'simulator/index': 'magtek-simulator',
  'page/device-readers': 'magtek-device-readers',
  'client/operations/rare': 'magtek-operations',
  'transactions/fallback': 'magtek-fallback',
  'transports/mqtt': 'magtek-mqtt',
  'transports/mqtt-fleet': 'magtek-mqtt-fleet',
  'elements/fleet/fleet-details': 'magtek-fleet-details',
  'language/french': 'magtek-french',
  'language/german': 'magtek-german',
  'language/spanish': 'magtek-spanish',
};

/** Tags that most pages have: what they share with others is in the core. */
const usualTags = /^elements\/(reader|status|transaction)\/define$/;

/** @param {string} id of a module @returns {string} its path below src, without extension */
const below = (id) => path.relative(path.join(root, 'src'), id.replace(/\?.*$/, '')).replace(/\.ts$/, '');

/** The loader has copies of the few modules that it shares with elements: these would otherwise wait for it, and it for them. */
const ownCopies = /** @type {Plugin} */ ({
  name: 'own-copies',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!importer?.includes('/src/loader/') || !source.startsWith('../') || source.endsWith('/define.js'))
      return undefined;
    return `${path.resolve(path.dirname(importer), source).replace(/js$/, 'ts')}?loader`;
  },
});

/** How Vite wraps an `import()`, and one of which a single name is used. */
const wrappedImport =
  /__vitePreload\((?:async )?\(\) => (?:\{[^{}]*\{[^{}]*\} = await )?(import\("[^"]+"\))(?:;\s*return \{[^{}]*\};\s*\})?, __VITE_PRELOAD__\)/g;

/** No page of ours lists styles beside its scripts, for which Vite would have each `import()` wait. */
const plainImports = /** @type {Plugin} */ ({
  name: 'plain-imports',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id.includes('vite/preload-helper') && importer?.includes('/src/loader/') ? `${id}?loader` : undefined,
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
  renderChunk: (code) => code.replace(wrappedImport, '$1'),
});

/** Lit's `property` without the form of decorators that no class here has: they are TypeScript's. */
const ownProperty = /** @type {Plugin} */ ({
  name: 'own-property',
  enforce: 'pre',
  load: (id) =>
    id.includes('@lit/reactive-element/decorators/property.js')
      ? `export const property = (options) => (prototype, name) => {
          const isWrapped = Object.hasOwn(prototype, name);
          prototype.constructor.createProperty(name, options);
          return isWrapped ? Object.getOwnPropertyDescriptor(prototype, name) : undefined;
        };`
      : undefined,
});

/** Puts functions and constants of a single use where they are used, which the bundler leaves. That chooses the names afterwards. */
const folded = /** @type {Plugin} */ ({
  name: 'folded',
  renderChunk: async (code) =>
    (await minify(code, { module: true, mangle: false, compress: { passes: 2 } })).code ?? code,
});

/** The loader asks for a part and what that rests on at once, not one after the other. */
const allAtOnce = /** @type {Plugin} */ ({
  name: 'all-at-once',
  generateBundle(_, files) {
    const chunks = chunksOf(Object.values(files));
    const loader = chunks.find(({ isEntry }) => isEntry);
    if (!loader) return;
    // A part may be nothing but the name of what is in another file.
    const isName = (/** @type {string} */ name) =>
      chunks.find(({ fileName }) => fileName === name)?.moduleIds.length === 0;
    loader.code = loader.code.replace(/import\(`\.\/([\w.-]+)`\)/g, (only, /** @type {string} */ name) => {
      const [part = '', ...rest] = closure(chunks, name);
      const wanted = isName(part) ? rest : [part, ...rest];
      const imports = wanted.map((file) => `import(\`./${file}\`)`);
      return imports.length < 2 ? (imports[0] ?? only) : `Promise.all([${imports.join()}])`;
    });
    const others = chunks.filter((chunk) => chunk !== loader).flatMap(({ dynamicImports }) => dynamicImports);
    for (const name of loader.dynamicImports)
      if (isName(name) && !others.includes(name)) Reflect.deleteProperty(files, name);
  },
});

/** @param {readonly import('vite').Rolldown.RolldownOutput['output'][number][]} files @returns {Chunk[]} */
const chunksOf = (files) => files.filter((file) => file.type === 'chunk');

/**
 * Names the file of each module that several tags need, from a first build in which each module is in a file with those that the
 * same parts need. Undefined where the bundler may decide.
 * @param {readonly Chunk[]} chunks
 * @returns {(id: string) => string | undefined}
 */
function sharedFiles(chunks) {
  /** The parts that need a module at once, by their modules. @type {Map<string, Set<string>>} */
  const users = new Map();
  for (const part of chunks.filter(({ isDynamicEntry }) => isDynamicEntry)) {
    for (const name of closure(chunks, part.fileName)) {
      for (const id of chunks.find(({ fileName }) => fileName === name)?.moduleIds ?? []) {
        users.set(id, (users.get(id) ?? new Set()).add(below(part.facadeModuleId ?? '')));
      }
    }
  }
  return (id) => {
    const parts = [...(users.get(id) ?? [])];
    const tags = parts.filter((part) => part.endsWith('/define'));
    const [tag] = tags;
    // Apart from what else tags share, for pages with the one file, which have that.
    const isOnDemand = parts.some((part) => part in onDemand);
    const isUsual = tags.some((tag) => usualTags.test(tag));
    if (tags.some((tag) => tag.includes('/reader/')) || (isUsual && tags.length > 1))
      return isOnDemand ? 'magtek-base' : 'magtek-core';
    if (tag === undefined || isOnDemand) return undefined;
    if (tags.length > 1) return 'magtek-tools';
    // What only parts of the tag need besides the tag itself is in its file, which is there when they come.
    const others = partsWithout(chunks, tag);
    return parts.some((part) => part !== tag && others.has(part)) ? undefined : fileOfTag(tag);
  };
}

/** The simulated reader itself has the shorter name. @param {string} module that defines a tag @returns {string} */
const fileOfTag = (module) => `magtek-${module.split('/')[1]}`.replace(/simulator$/, '$&-face');

/** The parts that a page can come to load without one of the tags. @param {readonly Chunk[]} chunks @param {string} tag */
function partsWithout(chunks, tag) {
  /** @type {Set<string>} */
  const parts = new Set();
  const files = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const file of files) {
    for (const name of closure(chunks, file)) {
      for (const next of chunks.find(({ fileName }) => fileName === name)?.dynamicImports ?? []) {
        const part = below(chunks.find(({ fileName }) => fileName === next)?.facadeModuleId ?? '');
        if (part === tag) continue;
        parts.add(part);
        files.add(next);
      }
    }
  }
  return parts;
}

/** @param {{ name: string, facadeModuleId?: string | null | undefined, isDynamicEntry: boolean }} chunk */
function fileNameOf({ name, facadeModuleId, isDynamicEntry }) {
  if (name.startsWith('magtek-')) return `${name}.js`;
  if (!isDynamicEntry) return `magtek-${name}-shared.js`;
  const module = below(facadeModuleId ?? '');
  // The name of what is in another file.
  if (/^elements\/[\w-]+\/define$/.test(module)) return `${fileOfTag(module)}-name.js`;
  // Beside the tag of that name.
  if (module === 'device/device-info') return 'magtek-reader-information.js';
  return `${onDemand[module] ?? `magtek-${name}`}.js`;
}

/**
 * @param {readonly Plugin[]} plugins
 * @param {Record<string, string>} input
 * @param {import('vite').Rolldown.OutputOptions} [output] undefined where nothing is written
 */
async function bundle(plugins, input, output) {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [
      ...plugins,
      plainImports,
      ownProperty,
      shortPrivates,
      literalsHtmlCssMinifier({ include: ['src/**/*.ts'], failOnError: true }),
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      reportCompressedSize: false,
      // An input, not a library: library mode keeps the white space.
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'allow-extension',
        output: { format: 'es', entryFileNames: '[name].js', ...output },
      },
    },
  });
  return chunksOf(/** @type {import('vite').Rolldown.RolldownOutput} */ (built).output);
}

/** @param {readonly Plugin[]} more */
async function buildParts(more) {
  const input = { 'magtek-elements': 'src/loader/index.ts' };
  const fileOf = sharedFiles(await bundle([...more, ownCopies], input));
  return bundle([...more, ownCopies, folded, allAtOnce], input, {
    chunkFileNames: fileNameOf,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'shared', name: (id) => fileOf(id) ?? null }],
    },
  });
}

/**
 * In the one file all parts of elements are there from the start: each `import('./part.js')` becomes a static import. What pages
 * seldom ask for is in the files beside the loader.
 */
const inOneFile = /** @type {Plugin} */ ({
  name: 'in-one-file',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!importer || !source.startsWith('.')) return undefined;
    const file = onDemand[below(path.resolve(path.dirname(importer), source.replace(/js$/, 'ts')))];
    return file === undefined ? undefined : { id: `./${file}.js`, external: true };
  },
  transform(code, id) {
    if (!/\/src\/elements\/(?!reader\/|fleet\/)/.test(id)) return undefined;
    /** @type {string[]} */
    const imports = [];
    const inlined = code.replace(/\bimport\(('[^']+')\)/g, (_, /** @type {string} */ source) => {
      const name = `part${imports.length}_`;
      imports.push(`import * as ${name} from ${source};`);
      return `Promise.resolve(${name})`;
    });
    // Behind the code, so that the lines of the source map stay right.
    return imports.length === 0 ? undefined : { code: `${inlined}\n${imports.join('\n')}`, map: null };
  },
});

/** @param {readonly Plugin[]} more */
const buildAll = (more) =>
  bundle([...more, inOneFile, folded], { 'magtek-elements.all': 'src/index.ts' }, { codeSplitting: false });

/**
 * The files of `cdn/`, minified.
 * @param {readonly Plugin[]} [more] plugins of the bundler that come first
 * @returns {Promise<Chunk[]>}
 */
export const buildCdn = async (more = []) => [...(await buildParts(more)), ...(await buildAll(more))];
