/**
 * The load part: what a page downloads for each entry, and how long it takes from the request of the CDN file to a reader that is
 * connected, beside a page that opens the bare socket without any file.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { launch } from 'puppeteer-core';
import { WebSocketServer } from 'ws';
import { ensureChromium } from '../../tools/ensure-chromium.mjs';
import { root } from '../../tools/run-tool.mjs';
import { measureAll } from '../../scripts/size.mjs';
import { markdownTable, spread } from '../report.mjs';
import { BYTES_BEFORE } from '../../tools/targets.mjs';
import { measureInstall } from './install.mjs';
import { throttledLoad } from './throttled.mjs';

/** @param {number} value */
const bytes = (value) => value.toLocaleString('en');
/** @param {number} value */
const ms = (value) => `${value.toFixed(1)} ms`;

/** The pages: each ends with a number of milliseconds in `data-took`. @type {Record<string, (socket: string) => string>} */
const pages = {
  'CDN file to a connected <magtek-reader>': (
    socket,
  ) => `<script>document.addEventListener('magtek-state-change', ({ detail }) => {
      if (detail.state !== 'ready') return;
      const [file] = performance.getEntriesByName(new URL('/cdn/magtek-elements.js', location).href);
      document.documentElement.dataset.took = performance.now() - file.startTime;
    });</script>
    <script type="module" src="/cdn/magtek-elements.js"></script><magtek-reader url="${socket}" auto-connect></magtek-reader>`,
  'bare WebSocket, no file': (socket) => `<script>
      const start = performance.now();
      new WebSocket('${socket}').onopen = () => (document.documentElement.dataset.took = performance.now() - start);
    </script>`,
};

/** @param {{ rounds: number }} options */
async function measureStart({ rounds }) {
  const names = Object.keys(pages);
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const isFile = /^\/cdn\/[\w-]+\.js$/.test(url);
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const body = pages[names[Number(url.slice(1))] ?? '']?.(`ws://127.0.0.1:${port}`);
    response.setHeader('content-type', `${isFile ? 'text/javascript' : 'text/html'}; charset=utf-8`);
    response.end(isFile ? readFileSync(path.join(root, url)) : `<!doctype html><link rel="icon" href="data:,">${body}`);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await launch({ executablePath: await ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  /** @type {number[][]} */
  const took = names.map(() => []);
  try {
    for (let round = -1; round < rounds; round++) {
      for (const [index, samples] of took.entries()) {
        // Nothing is cached in a context of its own.
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        await page.goto(`http://127.0.0.1:${port}/${index}`);
        const shown = await page.waitForSelector('html[data-took]');
        const value = await shown?.evaluate((element) => Number(element.getAttribute('data-took')));
        // The first round is for caches of the machine.
        if (round >= 0 && value !== undefined) samples.push(value);
        await context.close();
      }
    }
    return { names, took, version: await browser.version() };
  } finally {
    await browser.close();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  }
}

/** @param {{ rounds: number }} options */
export async function run({ rounds }) {
  const { names, took, version } = await measureStart({ rounds });
  const [ours = []] = took;
  const throttled = await throttledLoad({ rounds });
  const sizes = await measureAll();
  const install = measureInstall();
  /** @param {string} tags */
  const ofBefore = (tags) => sizes.filter(({ name }) => name === `cdn: ${tags}`).map(({ gzip }) => gzip / BYTES_BEFORE);
  return {
    figures: {
      'bytes-sale': ofBefore('reader, status, transaction'),
      'bytes-tools': ofBefore('reader, status, command-panel, log'),
      ...throttled.figures,
      packages: [install.packages],
      megabytes: [install.bytes / 1e6],
    },
    tables: [],
    notes: [
      ...throttled.notes,
      `### What \`npm install magtek-elements\` brings`,
      `${String(install.packages)} packages, this one among them, and ${(install.bytes / 1e6).toFixed(2)} MB: the optional ones, which only Node tools need, are left out. Targets: 12 packages, 10 MB; before 76 and 41 MB.`,
      `### From nothing to a connection`,
      `In ${version}, from a server on the same machine, nothing cached. The loader, and what it loads at once.`,
      markdownTable([
        ['', 'time, median (middle half)', 'ours takes'],
        ...names.map((name, index) => [
          name,
          spread(took[index] ?? [], ms),
          index === 0
            ? ''
            : spread(
                ours.map((value, round) => value / (took[index]?.[round] ?? NaN)),
                (value) => `${value.toPrecision(3)}×`,
              ),
        ]),
      ]),
      '### What a page downloads',
      'Bytes, minified, Lit included; what is loaded on demand does not count.',
      markdownTable([
        ['', 'minified', 'gzip', 'brotli'],
        ...sizes.map(({ name, minified, gzip, brotli }) => [name, bytes(minified), bytes(gzip), bytes(brotli)]),
      ]),
    ],
  };
}
