/**
 * `npm run new:element -- paper-receipt`: a new element with styles, registration and test, its entry in the package, and its row in
 * the README. What it makes passes all checks as it is; what the element is for is left to its author.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { define, element, styles, test } from './lib/new-element-templates.mjs';
import { root } from '../tools/run-tool.mjs';

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** @param {string} file @param {string} text */
async function write(file, text) {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  const options = await resolveConfig(place);
  writeFileSync(place, await format(text, { ...options, filepath: place }));
}

/**
 * A text with a line more, behind the last one that a pattern finds.
 * @param {string} file @param {RegExp} pattern @param {string} line
 */
function withLine(file, pattern, line) {
  const text = read(file);
  const last = [...text.matchAll(pattern)].at(-1);
  if (!last) throw new Error(`${file} has no place for the new element`);
  const at = last.index + last[0].length;
  return `${text.slice(0, at)}\n${line}${text.slice(at)}`;
}

/** @param {string} name as in the tag, behind `magtek-` */
async function addElement(name) {
  const folder = `src/elements/${name}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error('Name the element in lower case: npm run new:element -- paper-receipt');
  }
  if (existsSync(path.join(root, folder))) throw new Error(`There is ${folder} already.`);

  const className = `Magtek${name.replace(/(?:^|-)(\w)/g, (_, /** @type {string} */ letter) => letter.toUpperCase())}`;
  const names = { name, tag: `magtek-${name}`, className };
  /** @type {[string, string][]} */
  const files = [
    [`${folder}/${name}.ts`, element(names)],
    [`${folder}/${name}.styles.ts`, styles(names)],
    [`${folder}/define.ts`, define(names)],
    [`test/unit/elements/${name}.browser.test.ts`, test(names)],
    [
      'src/index.ts',
      withLine('src/index.ts', /^import '\.\/elements\/.*$/gm, `import './elements/${name}/define.js';`),
    ],
    [
      'src/loader/parts.ts',
      withLine(
        'src/loader/parts.ts',
        /^ {2}'magtek-[\w-]+': .*$/gm,
        `  '${names.tag}': () => import('../elements/${name}/define.js'),`,
      ),
    ],
    [
      'src/classes.ts',
      withLine(
        'src/classes.ts',
        /^export \{ Magtek\w+ \} from '\.\/elements\/.*$/gm,
        `export { ${className} } from './elements/${name}/${name}.js';`,
      ),
    ],
    [
      'README.md',
      withLine(
        'README.md',
        /^\| `<magtek-[\w-]+>`.*$/gm,
        `| \`<${names.tag}>\` | shows the state of its reader; say here what it is for |`,
      ),
    ],
    ['package.json', withEntry(name)],
  ];
  for (const [file, text] of files) await write(file, text);
  console.log(`Made <${names.tag}>:
${files.map(([file]) => `  ${file}`).join('\n')}

Next:
  npm run build                                                        # manifest and documentation: commit both
  npm test -- --only browser test/unit/elements/${name}.browser.test.ts
  say in README.md and CHANGELOG.md what it is for`);
}

/** The package with an entry for an element, behind those of the others. @param {string} name */
function withEntry(name) {
  const manifest = JSON.parse(read('package.json'));
  const entries = Object.entries(manifest.exports);
  const last = entries.findLastIndex(([entry]) => entry.startsWith('./elements/'));
  const folder = `./dist/elements/${name}`;
  entries.splice(last + 1, 0, [
    `./elements/${name}`,
    { types: `${folder}/define.d.ts`, default: `${folder}/define.js` },
  ]);
  return JSON.stringify({ ...manifest, exports: Object.fromEntries(entries) }, undefined, 2);
}

try {
  await addElement(process.argv[2] ?? '');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
