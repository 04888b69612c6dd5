/**
 * Puts the parts of other packages that pages load on demand into `dist/vendor/`, so that installing this package for a page brings
 * Lit and nothing else: MQTT.js for readers behind a broker, and what the simulated reader needs. Their licences go with them.
 *
 * The sources name the packages; this rewrites the imports of what TypeScript made of them.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from './run-tool.mjs';

/** The file for each import, and what is used of it. @type {Readonly<Record<string, { file: string, code: string }>>} */
const vendored = {
  mqtt: { file: 'mqtt', code: `export { default } from 'mqtt';` },
  '@humanwhocodes/momoa': { file: 'momoa', code: `export { parse } from '@humanwhocodes/momoa';` },
  '@noble/hashes/sha2.js': { file: 'noble-sha2', code: `export { sha256 } from '@noble/hashes/sha2.js';` },
  '@noble/ciphers/aes.js': { file: 'noble-aes', code: `export { ecb } from '@noble/ciphers/aes.js';` },
  'des.js': { file: 'des', code: `export { default } from 'des.js';` },
};

/**
 * In Node, where brokers are reached without WebSocket, the whole library is an optional package, looked for when a connection is
 * opened: no bundler of a page that is rendered by a server has to find it.
 */
const MQTT_IN_NODE = `import { createRequire } from 'node:module';
export default {
  connect: (...options) => {
    try {
      return createRequire(import.meta.url)('mqtt').connect(...options);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
      throw new Error('Readers behind a broker need the package mqtt here: run “npm install mqtt”.', { cause: error });
    }
  },
};
`;

const nameOf = (/** @type {string} */ specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** @typedef {{ name: string, version: string, license: string, folder: string }} Package */

/** The packages that are in `dist/vendor/`, with those that they rest on. @returns {Package[]} */
export function vendoredPackages() {
  /** @type {Map<string, Package>} */
  const found = new Map();
  /** @param {string} name @param {string} from */
  const add = (name, from) => {
    const folder = [path.join(from, 'node_modules', name), path.join(root, 'node_modules', name)].find(existsSync);
    if (folder === undefined || found.has(folder)) return;
    const { version, license, dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    found.set(folder, { name, version, license, folder });
    // Types are not in it.
    for (const next of Object.keys(dependencies)) if (!next.startsWith('@types/')) add(next, folder);
  };
  for (const specifier of Object.keys(vendored)) add(nameOf(specifier), root);
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function licences() {
  return vendoredPackages().map(({ name, version, license, folder }) => {
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}`;
    return `${name} ${version}, ${license}${text}\n`;
  });
}

/** Adds `vendor/` to what TypeScript made, and makes that use it. @param {string} dist */
export async function vendor(dist) {
  const folder = path.join(dist, 'vendor');
  mkdirSync(folder);
  const entry = 'virtual:entry';
  for (const { file, code } of Object.values(vendored)) {
    const built = await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      plugins: [
        {
          name: 'entry',
          enforce: 'pre',
          resolveId: (id) => (id === entry ? `${root}/entry.js` : undefined),
          load: (id) => (id === `${root}/entry.js` ? code : undefined),
        },
      ],
      build: {
        write: false,
        target: 'es2022',
        minify: false,
        reportCompressedSize: false,
        rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { format: 'es' } },
      },
    });
    const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built);
    writeFileSync(path.join(folder, `${file}.js`), output[0].code);
  }
  writeFileSync(path.join(folder, 'mqtt-in-node.js'), MQTT_IN_NODE);
  writeFileSync(path.join(folder, 'LICENSES.txt'), licences().join(`\n${'-'.repeat(80)}\n\n`));
  for (const file of ['momoa.d.ts', 'typedefs.d.ts']) {
    copyFileSync(path.join(root, 'node_modules/@humanwhocodes/momoa/dist', file), path.join(folder, file));
  }
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (/\.(js|d\.ts)$/.test(name) && !name.startsWith('vendor')) rewrite(dist, name);
  }
}

/** @param {string} dist @param {string} name */
function rewrite(dist, name) {
  const place = path.join(dist, name);
  const text = readFileSync(place, 'utf8');
  const next = text.replace(/(from )'([^'.][^']*)'/g, (all, from, specifier) => {
    const { file } = vendored[specifier] ?? {};
    // What it is depends on where: see `imports` in package.json. What runs in Node alone has the types of the package itself.
    if (file === 'mqtt') return name.startsWith('transports') ? `${from}'#mqtt'` : all;
    const relative = path.posix.relative(path.dirname(name.replaceAll(path.sep, '/')), `vendor/${file}.js`);
    return file === undefined ? all : `${from}'${relative}'`;
  });
  if (next !== text) writeFileSync(place, next);
}
