/**
 * Puts the parts of other packages that pages load on demand into `dist/vendor/`, so that installing this package for a page brings
 * Lit and nothing else: MQTT.js for readers behind a broker, and what the simulated reader needs. Their licences go with them.
 *
 * The sources name the packages; this rewrites the imports of what TypeScript made of them.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { installedPlaces } from './installed-places.mjs';
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
 * No part asks for others in the way of AMD: Turbopack follows `define([…])` also where it is never reached, and does not find what
 * is in the file already.
 * @type {import('vite').Plugin}
 */
const withoutAmd = { name: 'without-amd', config: () => ({ define: { define: 'undefined' } }) };

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
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const names = Object.keys(vendored).map(nameOf);
  // Types are not in it.
  return installedPlaces(names, packages, (name) => !name.startsWith('@types/'))
    .map((place) => {
      const folder = path.join(root, place);
      const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      return { name, version, license, folder };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
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
  for (const { file, code } of Object.values(vendored)) {
    const [built] = await bundle(code, [withoutAmd], { minify: false, exports: 'strict' });
    writeFileSync(path.join(folder, `${file}.js`), built?.code ?? '');
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
