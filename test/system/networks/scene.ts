/**
 * A shop on one machine: pages and readers on ports of this computer that a browser takes for hosts of the internet, of the
 * shop's network or of this computer. Chromium and Firefox both have settings for that.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { generate } from 'selfsigned';
import { WebSocketServer } from 'ws';
import { root } from '../../support/pages.js';

/** Where a host is, for the browser. */
export type Space = 'internet' | 'shop' | 'computer';

export interface Place {
  readonly space: Space;
  readonly secure: boolean;
}

export type BrowserName = 'chromium' | 'firefox';

/** Names that lead to this computer, as a name server of the shop would give them. */
export const names = {
  shop: 'shop.test',
  till: 'till.test',
  broker: 'broker.test',
  reader: 'reader.local',
  named: 'reader.test',
} as const;

/** A number of a private network, which only Chromium can be told to find here. */
export const PRIVATE_NUMBER = '192.168.7.7';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<script>
  const Native = WebSocket;
  globalThis.attempts = 0;
  globalThis.WebSocket = class extends Native { constructor(...given) { globalThis.attempts++; super(...given); } };
</script>
<script type="module">
  import { load } from '/cdn/magtek-elements.js';
  // Before there is one: tests wait until it is defined.
  await load('magtek-reader');
</script>`;

export interface Site {
  readonly port: number;
  /** Cuts every connection. */
  cut(): void;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** Headers of pages by their path. */
export type Headers = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Pages of a test's own by their path. */
export type Pages = Readonly<Record<string, string>>;

let certificate: Promise<{ readonly private: string; readonly cert: string }> | undefined;
/** Of nobody's authority. */
export const makeCertificate = (): NonNullable<typeof certificate> =>
  (certificate ??= generate([{ name: 'commonName', value: 'reader.test' }], { keySize: 2048, algorithm: 'sha256' }));

/** A server on a port of its own: pages for those who ask for pages, a socket that says nothing for readers' clients. */
export async function startSite(secure: boolean, headers: Headers = {}, pages: Pages = {}): Promise<Site> {
  const answer: RequestListener = (request, response) => {
    const [url = '/'] = (request.url ?? '/').split('?');
    const isCode = url.startsWith('/cdn/') && url.endsWith('.js');
    const text = isCode ? readFileSync(path.join(root, path.normalize(url)), 'utf8') : (pages[url] ?? PAGE);
    response
      .writeHead(200, {
        'content-type': isCode ? 'text/javascript' : 'text/html',
        // Frames without an origin of their own load it as well.
        ...(isCode ? { 'access-control-allow-origin': '*' } : {}),
        ...headers[url],
      })
      .end(text);
  };
  let server: Server = createHttpServer(answer);
  if (secure) {
    const { private: key, cert } = await makeCertificate();
    server = createHttpsServer({ key, cert }, answer);
  }
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    open: () => sockets.clients.size,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface BrowserOptions {
  /** Ports that count as hosts of the internet, and of the shop's network; all others are this computer's. */
  readonly internet?: readonly number[];
  readonly shop?: readonly number[];
  /** Whether certificates of nobody's authority are trusted. Default true. */
  readonly trusting?: boolean;
  /** Seconds until the timers of a hidden page of Chromium sleep for a minute each. Default: as it is, 300. */
  readonly sleepAfter?: number;
}

/** What keeps the timers of hidden pages awake in browsers that are driven. */
const AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export async function launchBrowser(
  name: BrowserName,
  { internet = [], shop = [], trusting = true, sleepAfter }: BrowserOptions,
): Promise<Browser> {
  const own = (ports: readonly number[]): string[] => ports.map((port) => `127.0.0.1:${String(port)}`);
  if (name === 'firefox') {
    const { ensureFirefox } = (await import(path.join(root, 'tools/ensure-firefox.mjs'))) as {
      ensureFirefox(): string;
    };
    return launch({
      browser: 'firefox',
      executablePath: ensureFirefox(),
      acceptInsecureCerts: trusting,
      extraPrefsFirefox: {
        'network.dns.localDomains': Object.values(names).join(','),
        'network.lna.address_space.public.override': own(internet).join(','),
        'network.lna.address_space.private.override': own(shop).join(','),
      },
    });
  }
  const { ensureChromium } = (await import(path.join(root, 'tools/ensure-chromium.mjs'))) as {
    ensureChromium(): string;
  };
  const spaces = [...own(internet).map((end) => `${end}=public`), ...own(shop).map((end) => `${end}=local`)];
  return launch({
    executablePath: ensureChromium(),
    ignoreDefaultArgs: sleepAfter === undefined ? [] : AWAKE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      `--ip-address-space-overrides=${spaces.join(',')}`,
      `--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.local 127.0.0.1, MAP ${PRIVATE_NUMBER} 127.0.0.1`,
      ...(trusting ? ['--ignore-certificate-errors'] : []),
      ...(sleepAfter === undefined
        ? []
        : [`--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/${String(sleepAfter)}`]),
    ],
  });
}

/** The browsers that are here; one that can neither be found nor installed is said once. */
export async function browsersHere(): Promise<readonly BrowserName[]> {
  try {
    const { ensureFirefox } = (await import(path.join(root, 'tools/ensure-firefox.mjs'))) as {
      ensureFirefox(): string;
    };
    ensureFirefox();
    return ['chromium', 'firefox'];
  } catch (error) {
    console.log(`Skipped: connections in Firefox. ${error instanceof Error ? error.message : String(error)}`);
    return ['chromium'];
  }
}
