/**
 * The pages of the documentation, in the order in which somebody would read them.
 * It does not know how they look.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../tools/run-tool.mjs';
import { render } from './markdown.mjs';

/** The guides that come first, as paths from the project's folder; guides that are not named follow by name. */
const first = [
  'README.md',
  'docs/real-reader.md',
  'docs/carriers.md',
  'docs/firmware.md',
  'docs/payment.md',
  'docs/full-emv.md',
  'docs/when-things-go-wrong.md',
  'docs/errors.md',
  'docs/client.md',
  'docs/testing.md',
  'docs/theming.md',
  'docs/languages.md',
];

/** What is for those who change this package. */
const last = ['docs/architecture.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** Folder of the pages about single elements. */
export const elementsFolder = 'docs/elements';

/** @param {string} folder @returns {string[]} */
const markdownIn = (folder) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`)
    .sort();

/** @param {string} page a path from the project's folder @returns {string} */
export const readPage = (page) => readFileSync(path.join(root, page), 'utf8');

/**
 * Every page, as a path from the project's folder.
 * @returns {string[]}
 */
export function listPages() {
  const known = new Set([...first, ...last]);
  const guides = markdownIn('docs').filter((page) => !known.has(page));
  return [...first, ...guides, ...markdownIn(elementsFolder), ...last];
}

/**
 * The contents of the documentation: groups of pages with their titles.
 * @returns {{ name: string, pages: { page: string, title: string }[] }[]}
 */
export function contents() {
  const pages = listPages().map((page) => ({ page, title: render(readPage(page)).title }));
  const isElement = (/** @type {string} */ page) => page.startsWith(`${elementsFolder}/`);
  return [
    { name: 'Guides', pages: pages.filter(({ page }) => !isElement(page) && !last.includes(page)) },
    { name: 'Elements', pages: pages.filter(({ page }) => isElement(page)) },
    { name: 'Inside', pages: pages.filter(({ page }) => last.includes(page)) },
  ];
}
