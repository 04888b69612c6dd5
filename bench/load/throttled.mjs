/**
 * How long a page with a sale takes over a slow connection until its reader is connected, with the CDN files of today beside those of
 * an earlier commit; and how many bytes and files it asked for until then.
 */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from 'puppeteer-core';
import { WebSocketServer } from 'ws';
import { ensureChromium } from '../../tools/ensure-chromium.mjs';
import { root } from '../../tools/run-tool.mjs';
import { cdnBefore, COMMIT } from '../before.mjs';
import { markdownTable, spread } from '../report.mjs';

/** A shop's connection: 1.6 Mbit/s, 150 ms. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };

/** What a page may name that does not want to wait for the loader to ask: see docs/cdn.md. */
const hints = ['core', 'base', 'status', 'transaction'].map(
  (name) => `<link rel="modulepreload" href="cdn/magtek-${name}.js">`,
);

/** @param {string} socket @param {boolean} isHinted */
const body = (socket, isHinted) => `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,">
  ${isHinted ? hints.join('') : ''}
  <script>document.addEventListener('magtek-state-change', ({ detail }) => {
    if (detail.state === 'ready') document.documentElement.dataset.took = performance.now();
  });</script>
  <script type="module" src="cdn/magtek-elements.js"></script>
  <magtek-reader url="${socket}" auto-connect>
    <magtek-status></magtek-status><magtek-transaction amount="4.60" currency="EUR"></magtek-transaction>
  </magtek-reader>`;

/** @param {{ rounds: number }} options @returns {Promise<{ notes: string[], figures: import('../targets.mjs').Figures }>} */
export async function throttledLoad({ rounds }) {
  const earlier = cdnBefore();
  const title = '### Over a slow connection to a connected reader';
  if (typeof earlier === 'string') return { notes: [title, `Not measured: ${earlier}`], figures: {} };
  const cdn = path.join(root, 'cdn');
  const now = new Map(readdirSync(cdn).map((name) => [name, readFileSync(path.join(cdn, name))]));
  /** Compressed once, so that the server takes no time for it. */
  const sides = Object.entries({ now, 'now-with-hints': now, before: earlier }).map(([name, files]) => ({
    name,
    files: new Map([...files].map(([file, text]) => [file, gzipSync(text, { level: 9 })])),
    took: /** @type {number[]} */ ([]),
    bytes: 0,
    asked: 0,
  }));
  const server = createServer((request, response) => {
    const [, name, , file] = (request.url ?? '').split('/');
    const side = sides.find((one) => one.name === name);
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    if (file === undefined) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(body(`ws://127.0.0.1:${port}`, name === 'now-with-hints'));
      return;
    }
    const text = side?.files.get(file);
    if (!side || !text) {
      response.writeHead(404).end();
      return;
    }
    side.bytes += text.length;
    side.asked++;
    response.writeHead(200, { 'content-type': 'text/javascript', 'content-encoding': 'gzip' }).end(text);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await launch({ executablePath: await ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (let round = 0; round < rounds; round++) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        side.bytes = 0;
        side.asked = 0;
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        const network = await page.createCDPSession();
        await network.send('Network.enable');
        await network.send('Network.emulateNetworkConditions', NETWORK);
        await page.goto(`http://127.0.0.1:${port}/${side.name}/`);
        const shown = await page.waitForSelector('html[data-took]');
        side.took.push(Number(await shown?.evaluate((element) => element.getAttribute('data-took'))));
        await context.close();
      }
    }
  } finally {
    await browser.close();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  }
  const before = sides.at(-1);
  /** @param {string} name */
  const ofBefore = (name) =>
    sides.find((side) => side.name === name)?.took.map((value, round) => value / (before?.took[round] ?? NaN)) ?? [];
  const notes = [
    title,
    `A page with reader, status and transaction; 1.6 Mbit/s, 150 ms, nothing cached; before is commit ${COMMIT}. Target: at most 0.55 of before.`,
    markdownTable([
      ['', 'time, median (middle half)', 'of before', 'bytes, gzip', 'of before', 'files'],
      ...sides.map(({ name, took, bytes, asked }) => [
        name.replaceAll('-', ' '),
        spread(took, (value) => `${value.toFixed(0)} ms`),
        spread(ofBefore(name), (value) => `${value.toPrecision(3)}×`),
        bytes.toLocaleString('en'),
        `${(bytes / (before?.bytes ?? NaN)).toPrecision(3)}×`,
        String(asked),
      ]),
    ]),
  ];
  return { notes, figures: { load: ofBefore('now'), 'load-hinted': ofBefore('now-with-hints') } };
}
