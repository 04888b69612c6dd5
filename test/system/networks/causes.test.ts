/** Causes of failed connections, as real browsers let a page know: each cause ends, and has a name. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addReader, connectReader, reasonOf, waitForState } from './in-page.js';
import { browsersHere, launchBrowser, makeCertificate, names, startSite, type Site } from './scene.js';

/** A reader over TLS that answers plain requests as well, as many servers do, with a complaint. */
async function startSniffing(): Promise<{ readonly port: number; readonly close: () => void }> {
  const { private: key, cert } = await makeCertificate();
  const secure = createHttpsServer({ key, cert }, (_, response) => response.writeHead(426).end());
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (head) => {
      socket.pause();
      socket.unshift(head);
      // The first byte of a TLS handshake (RFC 8446 section 5.1).
      if (head[0] === 0x16) {
        secure.emit('connection', socket);
        process.nextTick(() => socket.resume());
      } else socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
    },
  };
}

let site: Site;
let plain: Site;
let reader: Site;
let frames: Site;
let sniffing: Awaited<ReturnType<typeof startSniffing>>;

beforeAll(async () => {
  site = await startSite(true, { '/strict': { 'content-security-policy': "connect-src 'self'" } });
  plain = await startSite(false);
  reader = await startSite(true);
  sniffing = await startSniffing();
  const inner = `https://${names.till}:${String(site.port)}/`;
  frames = await startSite(
    true,
    {},
    {
      '/frame': `<!doctype html><iframe src="${inner}"></iframe>`,
      '/sandbox': `<!doctype html><iframe sandbox="allow-scripts" src="https://${names.shop}:${String(site.port)}/"></iframe>`,
    },
  );
});

afterAll(async () => {
  sniffing.close();
  await Promise.all([site, plain, reader, frames].map((each) => each.close()));
});

const readerAt = (host: string = names.reader): string => `wss://${host}:${String(reader.port)}/?key=secret`;

async function frameOf(page: Page): Promise<Frame> {
  await page.waitForFunction(() => window.frames.length === 1);
  const frame = page.frames()[1] as Frame;
  await frame.waitForFunction(() => customElements.get('magtek-reader') !== undefined);
  return frame;
}

describe.each(await browsersHere())('%s', (name) => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser(name, { internet: [site.port, frames.port], shop: [reader.port] });
    page = await browser.newPage();
  });

  afterAll(() => browser.close());

  test('a socket that the page’s own policy forbids ends as blocked-by-policy, with the directive', async () => {
    await page.goto(`https://${names.shop}:${String(site.port)}/strict`);
    expect(await addReader(page, { url: readerAt(), 'auto-connect': 'always' })).toBe('blocked-by-policy');
    expect(await reasonOf(page)).toBe('directive');
    const shown = await page.evaluate(() => document.querySelector('magtek-reader')?.error?.message);
    expect(shown).toContain('connect-src');
    expect(shown).not.toContain('secret');
  });

  test('a frame without an origin of its own goes on without Web Locks', async () => {
    await page.goto(`https://${names.shop}:${String(frames.port)}/sandbox`);
    const frame = await frameOf(page);
    const broker = `wss://localhost:${String(plain.port)}/`;
    // Not reachable over TLS: what matters is that it gets as far as the socket.
    await addReader(frame, { url: broker, 'auto-connect': 'always' });
    const message = await frame.evaluate(() => document.querySelector('magtek-reader')?.error?.message ?? '');
    expect(message).not.toContain('SecurityError');
    await frame.evaluate(() => document.querySelector('magtek-reader')?.remove());
  });
});

describe('chromium', () => {
  let browser: Browser;
  let page: Page;
  const shop = (): string => `https://${names.shop}:${String(site.port)}`;

  beforeAll(async () => {
    browser = await launchBrowser('chromium', { internet: [site.port, frames.port], shop: [reader.port] });
  });

  afterAll(() => browser.close());

  const fresh = async (url: string): Promise<Page> => {
    const context = await browser.createBrowserContext();
    page = await context.newPage();
    await page.goto(url);
    return page;
  };

  test('a frame to which the page around passes no permission on is named as such', async () => {
    await fresh(`https://${names.shop}:${String(frames.port)}/frame`);
    const frame = await frameOf(page);
    expect(await addReader(frame, { url: readerAt(), 'auto-connect': '' })).toBe('permission-denied');
    expect(await reasonOf(frame)).toBe('not-delegated');
  });

  test('a question comes after a click only, and no as an answer is the reason', async () => {
    await fresh(`${shop()}/`);
    expect(await addReader(page, { url: readerAt(), 'auto-connect': '' })).toBe('permission-needed');
    // Without a screen Chromium answers its question with no.
    expect(await connectReader(page)).toBe('permission-denied');
  });

  test('a permission that is given in the settings connects by itself', async () => {
    await fresh(`${shop()}/`);
    expect(await addReader(page, { url: readerAt(), 'auto-connect': '' })).toBe('permission-needed');
    const session = await page.createCDPSession();
    for (const permission of ['local-network', 'loopback-network'])
      await session.send('Browser.setPermission', {
        permission: { name: permission },
        setting: 'granted',
        origin: shop(),
        browserContextId: page.browserContext().id!,
      });
    await waitForState(page, 'ready');
  });
});

describe.each(await browsersHere())('a certificate that %s does not trust', (name) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser(name, { trusting: false });
  });

  afterAll(() => browser.close());

  test('is suspected', async () => {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${String(plain.port)}/`);
    await addReader(page, { url: `wss://localhost:${String(sniffing.port)}/` });
    expect(await connectReader(page)).toBe('certificate-suspected');
  });

  test('is not confused with a reader that is off', async () => {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${String(plain.port)}/`);
    await addReader(page, { url: 'wss://localhost:9/' });
    expect(await connectReader(page)).toBe('unreachable');
  });
});

test('a host that answers with a trusted certificate but opens no socket is told from one that does not answer', async () => {
  const browser = await launchBrowser('chromium', {});
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${String(plain.port)}/`);
    await addReader(page, { url: `wss://localhost:${String(sniffing.port)}/` });
    expect(await connectReader(page)).toBe('unreachable');
    expect(await reasonOf(page)).toBe('answers-without-socket');
  } finally {
    await browser.close();
  }
});
