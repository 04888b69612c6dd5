/**
 * The pages of `docs/elements/`: of each element everything that a page can use, from custom-elements.json, and of each event
 * what it carries, from the published types; also the fields in the README's table of events. Run as a script, as `npm run build`
 * does at its end, it writes them anew.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { root } from '../../../tools/run-tool.mjs';
import { elementsFolder } from './pages.mjs';
import { readPublishedTypes } from './published-types.mjs';

/** @typedef {import('./published-types.mjs').PublishedTypes} PublishedTypes */

const madeBy = '<!-- Made by “npm run build” from custom-elements.json and the published types: do not edit. -->';

/** @param {string} [text] as it stands in a comment of the source */
const prose = (text = '') =>
  text
    .replace(/\{@link (\S+?)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();

/** @param {string} [text] */
const code = (text) => (text ? `\`${text.replace(/\s+/g, ' ')}\`` : '');

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {string} title @param {string[]} head @param {string[][]} rows */
const section = (title, head, rows) => (rows.length === 0 ? [] : [`## ${title}`, table(head, rows)]);

/** @param {any} parameter */
const parameterText = ({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`;

/** @param {any} member */
const signature = ({ name, parameters = [], return: result }) =>
  `${name}(${parameters.map(parameterText).join(', ')}): ${result?.type?.text ?? 'void'}`;

/** @param {any} declaration @param {PublishedTypes['words']} words */
function elementPage({ tagName, description, attributes = [], members = [], ...declaration }, words) {
  const fields = members.filter((/** @type {any} */ { kind, static: isStatic }) => kind === 'field' && !isStatic);
  const methods = members.filter((/** @type {any} */ { kind, static: isStatic }) => kind === 'method' && !isStatic);
  const attributeOf = (/** @type {string} */ field) =>
    attributes.find((/** @type {any} */ { fieldName }) => fieldName === field);
  const rows = [
    // An attribute without a property is set by the element itself.
    ...attributes
      .filter((/** @type {any} */ { fieldName }) => fieldName === undefined)
      .filter((/** @type {any} */ { name }) => !fields.some((/** @type {any} */ field) => field.name === name))
      .map((/** @type {any} */ { name, type, description: about }) => [
        code(name),
        '',
        code(type?.text),
        '',
        prose(about),
      ]),
    ...fields.map((/** @type {any} */ { name, type, default: initial, readonly, description: about }) => [
      code(attributeOf(name)?.name),
      `${code(name)}${readonly ? ', read only' : ''}`,
      code(words.get(`${declaration.name}.${name}`) ?? type?.text),
      code(initial),
      prose(about),
    ]),
  ];
  const named = (/** @type {any[]} */ list = []) =>
    list.map(({ name, description: about }) => [name === '' ? 'without a name' : code(name), prose(about)]);
  return [
    madeBy,
    `# \`<${tagName}>\``,
    prose(description),
    `\`import 'magtek-elements/elements/${tagName.replace(/^magtek-/, '')}'\` registers it, and exports its class \`${declaration.name}\`.`,
    ...section('Attributes and properties', ['attribute', 'property', 'type', 'default', 'meaning'], rows),
    ...section(
      'Methods',
      ['method', 'meaning'],
      methods.map((/** @type {any} */ method) => [code(signature(method)), prose(method.description)]),
    ),
    ...section(
      'Events',
      ['event', 'class', 'when'],
      (declaration.events ?? []).map((/** @type {any} */ { name, type, description: about }) => [
        `[\`${name}\`](events.md#${name})`,
        code(type?.text),
        prose(about),
      ]),
    ),
    ...section('Slots', ['slot', 'for'], named(declaration.slots)),
    ...section('Parts', ['`::part(…)`', 'what it is'], named(declaration.cssParts)),
    ...section(
      'Custom properties',
      ['property', 'default', 'meaning'],
      (declaration.cssProperties ?? []).map((/** @type {any} */ { name, default: initial, description: about }) => [
        code(name),
        code(initial),
        prose(about),
      ]),
    ),
    ...section('States', ['`:state(…)`', 'meaning'], named(declaration.cssStates)),
  ].join('\n\n');
}

/** @param {PublishedTypes['events']} events */
function eventsPage(events) {
  return [
    madeBy,
    '# Events',
    'Each is a class of its own that extends `CustomEvent`, dispatched on `<magtek-reader>`, and exported by `magtek-elements`. ' +
      'They bubble and cross shadow roots unless it says otherwise. Without elements, `client.subscribe(name, listener)` gives ' +
      'the same details under the same names without `magtek-`; the states are called `state`, and the phases of a sale `transaction`.',
    ...events.flatMap(({ event, className, comment, fields }) => [
      `## \`${event}\``,
      `\`${className}\`. ${prose(comment)}`,
      table(
        ['field of `detail`', 'type', 'meaning'],
        fields.map(({ name, optional, type, comment: about }) => [
          code(`${name}${optional ? '?' : ''}`),
          code(type),
          prose(about),
        ]),
      ),
    ]),
  ].join('\n\n');
}

/**
 * @param {any} manifest @param {PublishedTypes} types
 * @returns {Promise<Map<string, string>>} the text of each page by its name in the folder
 */
export async function elementPages(manifest, { events, words }) {
  const elements = manifest.modules
    .flatMap((/** @type {any} */ module) => module.declarations ?? [])
    .filter((/** @type {any} */ { tagName }) => tagName);
  const pages = new Map([
    ...elements.map((/** @type {any} */ element) => [
      `${element.tagName.slice('magtek-'.length)}.md`,
      elementPage(element, words),
    ]),
    ['events.md', eventsPage(events)],
  ]);
  const options = await resolveConfig(path.join(root, 'package.json'));
  for (const [name, text] of pages) pages.set(name, await format(text, { ...options, parser: 'markdown' }));
  return pages;
}

/**
 * The README with the fields of every event, and a row for each. The words behind the fields and the order of what is there stay.
 * @param {string} readme @param {PublishedTypes['events']} events
 */
export async function readmeWithEvents(readme, events) {
  const rows = [...readme.matchAll(/^\| `(magtek-[\w-]+)` *\| `\{(.*?)\}`(.*?) *\|\n/gm)];
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) throw new Error('The README has no table of events: see scripts/lib/docs/element-pages.mjs.');
  const written = new Map(rows.map(([, event = '', fields = '', words = '']) => [event, { fields, words }]));
  const order = new Set([...written.keys(), ...events.map(({ event }) => event)]);
  const lines = [...order].flatMap((name) => {
    const { fields = '', words = '' } = written.get(name) ?? {};
    const before = fields.split(/, ?/);
    const there = events
      .find(({ event }) => event === name)
      ?.fields.map(({ name: field, optional }) => `${field}${optional ? '?' : ''}`);
    if (!there) return [];
    const kept = before.filter((field) => there.includes(field));
    const listed = [...kept, ...there.filter((field) => !kept.includes(field))].join(', ');
    return [`| \`${name}\` | \`{${listed}}\`${words} |\n`];
  });
  const text = readme.slice(0, first.index) + lines.join('') + readme.slice(last.index + last[0].length);
  return format(text, { ...(await resolveConfig(path.join(root, 'package.json'))), parser: 'markdown' });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8'));
  const types = readPublishedTypes();
  const pages = await elementPages(manifest, types);
  const folder = path.join(root, elementsFolder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
  const readme = path.join(root, 'README.md');
  writeFileSync(readme, await readmeWithEvents(readFileSync(readme, 'utf8'), types.events));
}
