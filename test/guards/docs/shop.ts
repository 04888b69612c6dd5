/**
 * The world in which samples run: a browser, a shop that serves them and takes what they post, a simulated reader behind a
 * real WebSocket, and a cardholder who does what the reader asks for. It does not know the samples.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { serveSimulatedReader, type ServedReader } from '../../../src/simulator/node.js';
import type { ReaderFace } from '../../../src/simulator/face.js';
import type { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { launchChromium, root } from '../../support/pages.js';

/** Where the samples load the file for pages without a bundler from. */
const CDN = /^https:\/\/cdn\.jsdelivr\.net\/npm\/magtek-elements(?:@[\w.-]+)?\/(cdn\/[\w.-]+\.(?:js|css))$/;

const integrity = JSON.parse(readFileSync(path.join(root, 'cdn/integrity.json'), 'utf8')) as Record<string, string>;

/** An opened page, with what it said so far. */
export interface OpenedPage {
  readonly page: Page;
  readonly printed: string[];
  readonly problems: string[];
}

/** A cardholder who waits for the reader to ask, and does it; gives the way to send them away. */
export function attend(reader: SimulatedReader): () => void {
  let before = '';
  return reader.subscribe((face) => {
    const now = `${face.state} ${face.phase ?? ''}`;
    if (now === before) return;
    before = now;
    const act = answers(face);
    // Not inside of what the reader is doing.
    if (act) setTimeout(() => act(reader), 1);
  });
}

function answers({ state, phase }: ReaderFace): ((reader: SimulatedReader) => void) | undefined {
  if (state === 'pin') return (reader) => reader.enterPin();
  if (state === 'barcode') return (reader) => reader.scan('https://shop.example/7');
  if (state === 'signature')
    return (reader) =>
      reader.sign([
        [
          { x: 10, y: 10 },
          { x: 90, y: 40 },
        ],
      ]);
  if (phase !== 'waiting-for-card') return undefined;
  // One of these is what the reader waits for; it takes no notice of the others.
  return (reader) => {
    reader.tap('visa');
    reader.swipe('visa');
  };
}

export class SampleShop {
  readonly served: ServedReader;
  /** Address of the shop. */
  readonly origin: string;
  /** Bodies of what was posted, by path. */
  readonly posted = new Map<string, string[]>();
  private readonly server: Server;
  private readonly browser: Browser;
  private readonly pages: Map<string, string>;
  private readonly leave: () => void;

  private constructor(server: Server, served: ServedReader, browser: Browser, pages: Map<string, string>) {
    this.server = server;
    this.served = served;
    this.browser = browser;
    this.pages = pages;
    this.origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    this.leave = attend(served.reader);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.answer(request, response);
    });
  }

  private folder = '';

  static async open(): Promise<SampleShop> {
    const server = createServer().listen(0, '127.0.0.1');
    const [served, browser] = await Promise.all([
      serveSimulatedReader({ pace: 5 }),
      launchChromium(),
      once(server, 'listening'),
    ]);
    return new SampleShop(server, served, browser, new Map());
  }

  /** What stands for the addresses of the samples, and for the hashes of the last release: the files here are of this tree. */
  replaceAddresses = (text: string): string =>
    text
      .replace(/wss?:\/\/(reader\.example|127\.0\.0\.1:8080)/g, this.served.url)
      .replace(/integrity="sha384-[^"]+"/g, `integrity="${integrity['magtek-elements.js'] ?? ''}"`)
      .replace(/(\/([\w.-]+)": ")sha384-[^"]+/g, (_, before: string, file: string) => before + (integrity[file] ?? ''));

  /** Serves what was built for pages. */
  serveFolder(folder: string): void {
    this.folder = folder;
  }

  /** Opens a page with a text in a tab of its own. */
  async openPage(html: string): Promise<OpenedPage> {
    const address = `/page-${String(this.pages.size)}.html`;
    this.pages.set(address, html);
    const page = await (await this.browser.createBrowserContext()).newPage();
    const printed: string[] = [];
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'log') printed.push(message.text());
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      void this.route(request, problems);
    });
    await page.goto(this.origin + address);
    return { page, printed, problems };
  }

  async close(): Promise<void> {
    this.leave();
    await this.browser.close();
    await this.served.close();
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Answers what the samples load from the CDN with what was built here, and refuses all that is not of this computer. */
  private async route(request: HTTPRequest, problems: string[]): Promise<void> {
    const url = request.url();
    const file = CDN.exec(url)?.[1];
    if (file !== undefined) {
      const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
      const headers = { 'content-type': type, 'access-control-allow-origin': '*' };
      await request.respond({ status: 200, headers, body: readFileSync(path.join(root, file)) });
    } else if (url.startsWith(this.origin) || /^(data|blob|about):/.test(url)) {
      await request.continue();
    } else {
      problems.push(`asks for ${url}`);
      await request.abort();
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      this.posted.set(pathname, [...(this.posted.get(pathname) ?? []), body]);
      if (pathname === '/authorize') {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"approved":true,"message":"Thank you."}');
      } else {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Ordered</title>');
      }
      return;
    }
    const page = this.pages.get(pathname);
    if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else if (pathname === '/favicon.ico') response.writeHead(204).end();
    // What stands in a frame of a sample.
    else if (pathname.endsWith('.html')) response.writeHead(200).end('<!doctype html><title>Another page</title>');
    else this.sendBuilt(pathname, response);
  }

  private sendBuilt(pathname: string, response: ServerResponse): void {
    try {
      const text = readFileSync(path.join(this.folder, path.posix.normalize(pathname)));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(text);
    } catch {
      response.writeHead(404).end();
    }
  }
}
