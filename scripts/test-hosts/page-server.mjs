/**
 * Serves a folder of built files to a browser on this computer, under a strict content security policy, with the shop's
 * settings in place of those that the folder has. It does not know what the files are.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** Content types of what builds make, by ending. @type {Record<string, string>} */
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** What a shop that is careful allows its pages: its own files, the one CDN that it names, and sockets to readers. */
const policy = (/** @type {string} */ cdn) =>
  `default-src 'none'; script-src 'self' ${cdn}; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; ` +
  "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {object} options.settings what every `readers.json` says
 * @param {string} options.cdn origin that scripts may come from, too
 * @returns {Promise<{ origin: string, close(): Promise<void> }>}
 */
export async function servePage({ folder, settings, cdn }) {
  /** The body of an address; throws where there is no such file. @param {string} pathname */
  const read = (pathname) => {
    if (pathname.endsWith('/readers.json')) return JSON.stringify(settings);
    const file = path.join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    return readFileSync(file);
  };
  const server = createServer((request, response) => {
    // Parsed as a URL, a path cannot climb out of the folder.
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    try {
      const body = read(pathname);
      const type = types[path.extname(pathname) || '.html'] ?? 'application/octet-stream';
      response.writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy(cdn),
        'cache-control': 'no-store',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
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
