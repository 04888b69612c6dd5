/**
 * Pages of a test's own making in Chromium, for tests in Node: a server on a port, and so an origin, of its own, and the browser.
 * It does not know what is in the pages.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launch, type Browser } from 'puppeteer-core';

export const root = path.resolve(import.meta.dirname, '../..');

/** Every tag that the package has, by its manifest. */
export const tags: readonly string[] = (
  JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: { tagName?: string }[] }[];
  }
).modules.flatMap(({ declarations }) => declarations.flatMap(({ tagName }) => tagName ?? []));

export interface ServedFile {
  /** Media type of a text. */
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the build made for pages without a bundler; undefined for other paths. */
export const cdnFile = (url: string): ServedFile | undefined =>
  /^\/cdn\/[\w.-]+\.(js|css)$/.test(url) && existsSync(path.join(root, url))
    ? { type: url.endsWith('.css') ? 'text/css' : 'text/javascript', text: readFileSync(path.join(root, url), 'utf8') }
    : undefined;

/** Serves files under paths; gives the origin. */
export async function servePages(
  fileOf: (url: string) => ServedFile | undefined,
): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const file = fileOf(request.url ?? '');
    const { type = 'text/plain', text = '', headers = {} } = file ?? {};
    const status = file ? 200 : 404;
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Chromium without a screen. */
export async function launchChromium(): Promise<Browser> {
  const { ensureChromium } = (await import(path.join(root, 'tools/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  return launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}
