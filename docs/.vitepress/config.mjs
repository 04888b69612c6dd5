/**
 * The documentation as a site: VitePress makes it of the same Markdown that is read at GitHub and in the package.
 * `npm run docs` serves it while it is written, `npm run docs:build` writes it to `site/`, for any web server; where it is not at the
 * root of one, `DOCS_BASE=/magtek-elements/` says so. What the pages say is not known here.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';
import { anchorOf, escapeHtml } from '../../scripts/lib/docs/markdown.mjs';
import { contents, listPages } from '../../scripts/lib/docs/pages.mjs';
import { root } from '../../tools/run-tool.mjs';

const base = process.env.DOCS_BASE ?? '/';

const icon = 'demo/favicon.svg';

/** Files that pages link to besides each other, as paths from the project's folder: they are copied to the site. @type {Set<string>} */
const linkedFiles = new Set([icon]);

/** Where a file is on the site. Without an ending a server could not say what it is. @param {string} file */
const placeOf = (file) => (path.extname(file) === '' ? `${file}.txt` : file);

/**
 * Leads links to the README to the first page, and those to files that are not pages to their copies.
 * @param {import('vitepress').MarkdownRenderer} markdown
 */
function leadLinks(markdown) {
  const pages = listPages();
  markdown.core.ruler.push('magtek-links', ({ tokens, env }) => {
    const folder = path.posix.dirname(env.realPath ? path.relative(root, env.realPath) : env.relativePath);
    for (const link of tokens.flatMap(({ children }) => children ?? [])) {
      const target = link.type === 'link_open' ? (link.attrGet('href') ?? '') : '';
      const [file = '', anchor] = target.split('#');
      if (file === '' || /^[a-z]+:/.test(file)) continue;
      const place = path.posix.join(folder, file);
      if (place === 'README.md') link.attrSet('href', anchor === undefined ? '/' : `/#${anchor}`);
      if (pages.includes(place)) continue;
      linkedFiles.add(place);
      link.attrSet('href', `${base}${placeOf(place)}`);
      link.attrSet('target', '_self');
    }
  });
}

export default defineConfig({
  base,
  title: 'magtek-elements',
  description: 'Custom elements for MagTek card readers. Not a MagTek product.',
  lang: 'en',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: base + icon }]],
  srcDir: '..',
  outDir: '../site',
  cacheDir: '../node_modules/.cache/vitepress',
  // Everything that is not a page of the documentation.
  srcExclude: ['**/node_modules/**', '{bench,demo,dist,findings,src,test}/**'],
  rewrites: { 'README.md': 'index.md' },
  markdown: {
    anchor: { slugify: anchorOf },
    // The usual two have colours of too little contrast.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: leadLinks,
  },
  // Tags of this package in the text are not components of the site.
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: contents().map(({ name, pages }) => ({
      text: name,
      items: pages.map(({ page, title }) => ({
        text: escapeHtml(title),
        link: page === 'README.md' ? '/' : `/${page.replace(/md$/, 'html')}`,
      })),
    })),
  },
  buildEnd({ outDir }) {
    for (const file of linkedFiles) {
      const copy = path.join(outDir, placeOf(file));
      mkdirSync(path.dirname(copy), { recursive: true });
      copyFileSync(path.join(root, file), copy);
    }
  },
});
