/**
 * The documentation as pages of the demo server, under `/guide/`. A page has the address of its file in this project, so that
 * links between the files work as they stand. It does not know what the pages say.
 */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../tools/run-tool.mjs';
import { escapeHtml, render } from './markdown.mjs';
import { contents, listPages, readPage } from './pages.mjs';

/** Where the documentation stands on the server. */
export const base = '/guide/';

/** What pages may link to and show besides pages, by the end of its name. */
const types = /** @type {Record<string, string>} */ ({
  '.css': 'text/css',
  '.json': 'application/json',
  '.mjs': 'text/plain',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain',
  '.webp': 'image/webp',
  '.yml': 'text/plain',
  '': 'text/plain',
});

/** Pages run no script and load nothing from elsewhere. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:";

/** @param {string} page */
function navigation(page) {
  const link = (/** @type {{ page: string, title: string }} */ { page: target, title }) =>
    `<li><a href="${base}${target}"${target === page ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`;
  return contents()
    .map(({ name, pages }) => `<h2>${name}</h2>\n<ul>\n${pages.map(link).join('\n')}\n</ul>`)
    .join('\n');
}

/**
 * @param {string} title
 * @param {string} style element with the looks
 * @param {string} body
 */
const htmlDocument = (title, style, body) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)} – magtek-elements</title>
${style}
  </head>
  <body>
${body}
  </body>
</html>
`;

/**
 * A page as an HTML document.
 * @param {string} page a path from the project's folder, one of the pages
 */
export function document(page) {
  const { html, title } = render(readPage(page));
  return htmlDocument(
    title,
    `    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="${base}scripts/lib/docs/site.css" />`,
    `    <a class="skip" href="#contents">Contents</a>
    <main>
${html}
    </main>
    <nav id="contents" aria-label="Documentation">
<p><a href="/">Demos</a></p>
${navigation(page)}
    </nav>`,
  );
}

/**
 * A page that needs nothing besides itself, for a place where it is alone.
 * @param {string} markdown
 */
export function standalone(markdown) {
  const { html, title } = render(markdown);
  return htmlDocument(
    title,
    `    <style>
${readFileSync(path.join(root, 'scripts/lib/docs/site.css'), 'utf8')}
    </style>`,
    `    <main>
${html}
    </main>`,
  );
}

/**
 * What is at an address.
 * @param {string} address a path below the base, without query
 * @returns {{ type: string, body: string | Buffer } | undefined} undefined where nothing is that may be shown
 */
export function answer(address) {
  const file = path.posix.normalize(decodeURIComponent(address)).replace(/^\/+/, '');
  if (listPages().includes(file)) return { type: 'text/html', body: document(file) };
  const type = types[path.extname(file)];
  const isInside = !file.split('/').some((name) => name.startsWith('.') || name === 'node_modules');
  const place = path.join(root, file);
  if (type === undefined || !isInside || !statSync(place, { throwIfNoEntry: false })?.isFile()) return undefined;
  return { type, body: readFileSync(place) };
}

/**
 * A plugin of the development server that serves the documentation.
 * @returns {import('vite').Plugin}
 */
export function documentationPlugin() {
  return {
    name: 'magtek-documentation',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const address = (request.url ?? '').replace(/[?#].*$/, '');
        if (address === base || `${address}/` === base) {
          response.writeHead(302, { location: `${base}README.md` }).end();
          return;
        }
        if (!address.startsWith(base)) {
          next();
          return;
        }
        const found = answer(address.slice(base.length));
        const headers = { 'content-security-policy': policy, 'cache-control': 'no-store' };
        const type = `${found?.type ?? 'text/plain'}; charset=utf-8`;
        response.writeHead(found ? 200 : 404, { ...headers, 'content-type': type }).end(found?.body ?? 'Not found.');
      });
    },
  };
}
