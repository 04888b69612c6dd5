/**
 * `npm run size`: what a page downloads, for each entry of the package and for pages without a bundler, and what it may be at most.
 * Fails where something is larger than its budget. Beside it is what must be reached, where that is set. It measures what `npm run build` made, minified, Lit included; what is
 * loaded only on demand does not count.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BYTES_BEFORE, targets } from '../tools/targets.mjs';
import { bundle } from '../tools/bundle.mjs';
import { root } from '../tools/run-tool.mjs';

/** @typedef {{ name: string, minified: number, gzip: number, brotli: number, budget?: number, must?: number }} Size bytes; the budget, and what is to be reached, are for gzip */

/**
 * What counts most, with its budget in bytes after gzip: it follows what was added, and is to go down again when
 * something gets smaller.
 */
const chosen = [
  { name: 'parseHex and decodeTlv', code: `export { parseHex, decodeTlv } from 'magtek-elements/mms';`, budget: 2_000 },
  {
    name: 'decodeMessage, describe and redact',
    code: `export { decodeMessage, describe, redact } from 'magtek-elements/mms';`,
    budget: 14_000,
  },
  {
    name: 'reader, command panel and log',
    code: ['reader', 'command-panel', 'log'].map((name) => `import 'magtek-elements/elements/${name}';`).join('\n'),
    budget: 97_450,
  },
];

/** Bytes that are to be reached. @param {'bytes-sale' | 'bytes-tools'} target */
function mustOf(target) {
  return Math.floor(BYTES_BEFORE * targets[target].must);
}

/** Pages without a bundler: tags, and what such a page loads before anybody does anything. */
const cdnPages = [
  { tags: ['reader', 'status', 'transaction'], must: mustOf('bytes-sale'), budget: 87_700 },
  { tags: ['reader', 'status', 'command-panel', 'log'], must: mustOf('bytes-tools'), budget: 100_700 },
];

/** The one file for such pages. */
const cdn = { name: 'cdn/magtek-elements.all.js', budget: 160_950 };

/** @param {string} name @param {readonly string[]} files @param {number} [budget] @returns {Size} */
function measure(name, files, budget) {
  const sum = (/** @type {(file: string) => number} */ of) => files.reduce((total, file) => total + of(file), 0);
  return {
    name,
    minified: sum((file) => Buffer.byteLength(file)),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotliCompressSync(file).length),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** @param {string} name @param {string} code @param {number} [budget] */
async function measureCode(name, code, budget) {
  const files = await bundle(code);
  return measure(
    name,
    files.filter(({ isInitial }) => isInitial).map((file) => file.code),
    budget,
  );
}

/** @param {string} file */
const readCdn = (file) => readFileSync(path.join(root, 'cdn', file), 'utf8');

/** The files that a page with tags loads: the loader, what it asks for, and what that imports. @param {readonly string[]} tags */
function filesOf(tags) {
  const loader = 'magtek-elements.js';
  const table = [...readCdn(loader).matchAll(/"magtek-([\w-]+)":\(\)=>(.*?)(?=,"magtek-|\})/g)];
  const files = new Set([loader]);
  for (const [, tag = '', load = ''] of table) {
    if (tags.includes(tag)) for (const [, file = ''] of load.matchAll(/import\(`\.\/([\w.-]+)`\)/g)) files.add(file);
  }
  if (files.size <= tags.length) throw new Error('The loader does not load what it did: see scripts/size.mjs.');
  for (const file of files) {
    if (file === loader) continue;
    for (const [, next = ''] of readCdn(file).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g)) files.add(next);
  }
  return [...files];
}

/** Entries that pages import, as a page names them. */
function pageEntries() {
  const { name, exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([entry, file]) => String(file.default).startsWith('./dist/') && !/\/node$/.test(entry))
    .map(([entry]) => name + entry.slice(1));
}

/** @returns {Promise<Size[]>} */
export async function measureAll() {
  const sizes = [];
  for (const { name, code, budget } of chosen) sizes.push(await measureCode(name, code, budget));
  for (const entry of pageEntries()) sizes.push(await measureCode(entry, `export * from '${entry}';`));
  for (const { tags, budget, must } of cdnPages) {
    sizes.push({ ...measure(`cdn: ${tags.join(', ')}`, filesOf(tags).map(readCdn), budget), must });
  }
  sizes.push(measure(cdn.name, [readFileSync(path.join(root, cdn.name), 'utf8')], cdn.budget));
  return sizes;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sizes = await measureAll();
  const bytes = (/** @type {number | undefined} */ value) => (value?.toLocaleString('en') ?? '').padStart(9);
  console.log(`${'bytes'.padEnd(42)} minified      gzip    brotli    budget      must`);
  for (const { name, minified, gzip, brotli, budget, must } of sizes) {
    console.log(name.padEnd(41) + [minified, gzip, brotli, budget, must].map(bytes).join(' '));
  }
  for (const { name, gzip, budget = Infinity } of sizes) {
    if (gzip <= budget) continue;
    console.error(`${name} is ${gzip - budget} bytes above its budget: see scripts/size.mjs.`);
    process.exitCode = 1;
  }
}
