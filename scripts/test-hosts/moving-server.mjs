/**
 * Serves pages with a till to a browser on this computer: what a shop's server would send, in whole or in part, and what the pages
 * load. It does not know what is done with them.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { root } from '../../tools/run-tool.mjs';
import { buildFrameworkPage, renderedTills } from './framework-page.mjs';

/** What a page gets of the libraries. @type {Record<string, string>} */
const vendor = {
  turbo: '@hotwired/turbo/dist/turbo.es2017-umd.js',
  htmx: 'htmx.org/dist/htmx.js',
  idiomorph: 'idiomorph/dist/idiomorph.js',
  morphdom: 'morphdom/dist/morphdom-umd.js',
  alpine: 'alpinejs/dist/cdn.js',
};

/** Frameworks whose pages are built. */
const built = ['react', 'vue', 'svelte', 'angular'];

/** @param {string} url @param {string} [attributes] @param {string} [sale] */
const reader = (url, attributes = '', sale = '') => `
  <magtek-reader id="till" url="${url}" auto-connect journal-size="200" ${attributes}>
    <magtek-status></magtek-status>
    <magtek-transaction amount="4.60" currency="EUR" ${sale}></magtek-transaction>
    <magtek-log></magtek-log>
  </magtek-reader>`;

/** The body of each page, by the first part of its path. @type {Record<string, (url: string, search: string) => string>} */
const bodies = {
  plain: (url) => `<main>${reader(url)}</main>`,
  visit: (url, search) => `<main><h1>Page ${search}</h1>${reader(url)}</main>`,
  permanent: (url, search) => `<main><h1>Page ${search}</h1>${reader(url, 'data-turbo-permanent')}</main>`,
  // The page is sent again with every refresh, with another heading.
  refresh: (url, search) => `<main><h1>Page ${search}</h1>${reader(url)}</main>`,
  frame: (url, search) =>
    `<main>${reader(url)}<turbo-frame id="shop"><h1>Page ${search}</h1>
      <a id="next" href="/frame/turbo?page=${Number(search) + 1}">Next</a></turbo-frame></main>`,
  framed: (url, search) =>
    `<main><turbo-frame id="shop"><h1>Page ${search}</h1>${reader(url)}
      <a id="next" href="/framed/turbo?page=${Number(search) + 1}">Next</a></turbo-frame></main>`,
  boost: (url, search) =>
    `<main hx-boost:inherited="true"><h1>Page ${search}</h1><a id="next" href="/boost/htmx?page=${Number(search) + 1}">Next</a>
      ${reader(url)}</main>`,
  preserve: (url, search) => `<main><h1>Page ${search}</h1>${reader(url, 'hx-preserve')}</main>`,
  alpine: (url) =>
    `<main x-data="{ isThere: true, isShown: true, keys: [0] }" x-init="window.host = $data">
      <template x-if="isThere"><div x-show="isShown"><template x-for="key in keys" :key="key"><div>${reader(url)}</div></template>
      </div></template></main>`,
  app: (url) => `<main data-url="${url}"></main>`,
  kiosk: (url) => `<main>${reader(url, '', 'auto-start="insert, tap"')}</main>`,
};

/** Where the body is rendered by the framework. @param {string} name @param {string} url */
const hydrated = async (name, url) => `<main data-url="${url}">${(await renderedTills[name]?.(url)) ?? ''}</main>`;

const fade = '<style>.fade-leave-active { transition: opacity 150ms } .fade-leave-to { opacity: 0 }</style>';

/** @param {string} url of the reader */
export async function serveMoving(url) {
  const folder = path.join(root, 'test/system/hosts/moving/node_modules');
  /** @type {Map<string, Promise<Map<string, string>>>} */
  const pages = new Map();
  const filesOf = (/** @type {string} */ name) => {
    if (!pages.has(name)) pages.set(name, buildFrameworkPage(name));
    return /** @type {Promise<Map<string, string>>} */ (pages.get(name));
  };
  /** The scripts of a page. @param {string} name of the library, or empty */
  const scriptsOf = async (name) => {
    if (built.includes(name))
      return `<script type="module" src="/built/${name}/${[...(await filesOf(name)).keys()][0] ?? ''}"></script>`;
    const elements = `<script type="module" src="/cdn/magtek-elements.js"></script>`;
    return name === '' ? elements : `${elements}<script src="/vendor/${name}" defer></script>`;
  };
  /** @param {URL} address @returns {Promise<[type: string, text: string | Buffer] | undefined>} */
  const answer = async ({ pathname, searchParams }) => {
    const [, kind = '', name = '', ...rest] = pathname.split('/');
    if (kind === 'cdn') return ['text/javascript', readFileSync(path.join(root, 'cdn', path.basename(name)))];
    if (kind === 'built') {
      const code = (await filesOf(name)).get(rest.join('/'));
      return code === undefined ? undefined : ['text/javascript', code];
    }
    if (kind === 'vendor' && vendor[name] !== undefined)
      return ['text/javascript', readFileSync(path.join(folder, vendor[name]))];
    const body = kind === 'hydrated' ? await hydrated(name, url) : bodies[kind]?.(url, searchParams.get('page') ?? '1');
    if (body === undefined) return undefined;
    if (searchParams.has('part')) return ['text/html', body];
    const morphs = kind === 'refresh' ? '<meta name="turbo-refresh-method" content="morph">' : '';
    return [
      'text/html',
      `<!doctype html><html lang="en"><head><title>A till</title><link rel="icon" href="data:,">${morphs}${fade}` +
        `${await scriptsOf(name)}</head><body>${body}</body></html>`,
    ];
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://page')).then(
      (found) => {
        if (found) response.writeHead(200, { 'content-type': `${found[0]}; charset=utf-8` }).end(found[1]);
        else response.writeHead(404).end();
      },
      (error) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
