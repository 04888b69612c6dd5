/**
 * `npm run build`: dist/ (modules and types), cdn/ (one file for pages without a bundler), custom-elements.json, and what is
 * made of that for editors, frameworks and readers. Of these only custom-elements.json and docs/elements/ are kept in git.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allSucceed, root, runNode, runTool } from './run-tool.mjs';

/** What the CDN folder must hold, in alphabetical order: the elements, and what they load when a page asks for it. */
const cdnFiles = ['device-readers', 'elements', 'french', 'german', 'mqtt-fleet', 'mqtt', 'simulator', 'spanish'].map(
  (name) => `magtek-${name}.js`,
);

for (const folder of ['dist', 'cdn', 'editors']) rmSync(path.join(root, folder), { recursive: true, force: true });
mkdirSync(path.join(root, 'editors'));

const built = await allSucceed([
  runTool('typescript:tsc', ['-p', 'tsconfig.build.json'], { capture: true }),
  runTool('vite', ['build', '-c', 'vite.cdn.config.ts'], { capture: true }),
  runTool('@custom-elements-manifest/analyzer:cem', ['analyze', '--quiet'], { capture: true }),
]);
if (!built) {
  console.error('The build failed.');
  process.exit(1);
}

const found = readdirSync(path.join(root, 'cdn')).filter((file) => file.endsWith('.js'));
if (found.join() !== cdnFiles.join()) {
  console.error(`cdn/ must hold ${cdnFiles.join(', ')}, but holds ${found.join(', ')}: see vite.cdn.config.ts.`);
  process.exit(1);
}

/** What a page's `integrity` attribute must say, for each file. */
const integrity = cdnFiles.map((file) => {
  const hash = createHash('sha384').update(readFileSync(path.join(root, 'cdn', file)));
  return [file, `sha384-${hash.digest('base64')}`];
});
writeFileSync(path.join(root, 'cdn/integrity.json'), `${JSON.stringify(Object.fromEntries(integrity), null, 2)}\n`);
if (!(await allSucceed([runNode(['scripts/docs/element-pages.mjs'], { capture: true })]))) process.exit(1);
console.log('Built dist/, cdn/, editors/, types/elements.d.ts, custom-elements.json and docs/elements/.');
