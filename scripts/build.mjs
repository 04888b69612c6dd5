/**
 * `npm run build`: dist/ (modules and types), cdn/ (for pages without a bundler), custom-elements.json, and what is
 * made of that for editors, frameworks and readers. Of these only custom-elements.json and docs/elements/ are kept in git.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildCdn } from '../tools/cdn.mjs';
import { allSucceed, root, runNode, runTool } from '../tools/run-tool.mjs';
import { vendor } from '../tools/vendor.mjs';

for (const folder of ['dist', 'cdn', 'editors']) rmSync(path.join(root, folder), { recursive: true, force: true });
for (const folder of ['cdn', 'editors']) mkdirSync(path.join(root, folder));

const cdn = path.join(root, 'cdn');
async function writeCdn() {
  for (const { fileName, code } of await buildCdn()) writeFileSync(path.join(cdn, fileName), code);
  copyFileSync(path.join(root, 'src/loader/magtek-elements.css'), path.join(cdn, 'magtek-elements.css'));
}
const cdnWritten = writeCdn();

const built = await allSucceed([
  runTool('typescript:tsc', ['-p', 'tsconfig.build.json'], { capture: true }),
  runTool('@custom-elements-manifest/analyzer:cem', ['analyze', '--quiet'], { capture: true }),
]);
await cdnWritten;
if (!built) {
  console.error('The build failed.');
  process.exit(1);
}

await vendor(path.join(root, 'dist'));

/** What a page's `integrity` attribute or import map must say, for each file. */
const integrity = readdirSync(cdn).map((file) => {
  const hash = createHash('sha384').update(readFileSync(path.join(cdn, file)));
  return [file, `sha384-${hash.digest('base64')}`];
});
writeFileSync(path.join(cdn, 'integrity.json'), `${JSON.stringify(Object.fromEntries(integrity), null, 2)}\n`);
if (!(await allSucceed([runNode(['scripts/lib/docs/element-pages.mjs'], { capture: true })]))) process.exit(1);
console.log('Built dist/, cdn/, editors/, types/elements.d.ts, custom-elements.json and docs/elements/.');
