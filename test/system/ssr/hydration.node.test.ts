/**
 * The tags rendered on a server by Lit’s renderer, shown by a page before any script, and taken over by the script with the nodes
 * that are there. It looks at what `npm run build` made.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { MagtekReader } from '../../../src/elements/reader/reader.js';
import type { MagtekTransaction } from '../../../src/elements/transaction/transaction.js';
import { launchChromium, root, servePages, tags, type ServedFile } from '../../support/pages.js';

interface Rendered {
  readonly text: string;
  /** Names of globals that the package has added. */
  readonly globals: readonly string[];
}

/** Renders in a process of its own, which has nothing but Node. */
async function renderOnServer(markup: string): Promise<Rendered> {
  const renderer = path.join(root, 'test/system/ssr/render-page.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [renderer, markup], { cwd: root });
  return JSON.parse(stdout) as Rendered;
}

const inside = tags
  .filter((tag) => tag !== 'magtek-reader')
  .map((tag) => `<${tag} ${tag === 'magtek-transaction' ? 'amount="4.60" currency="EUR"' : ''}></${tag}>`)
  .join('');
const markup = `<magtek-reader simulated auto-connect>${inside}</magtek-reader>`;

const pageWith = (body: string, language = 'en'): string =>
  `<!doctype html><html lang="${language}"><title>page</title><link rel="icon" href="data:,"><body>${body}</body></html>`;

let files: Record<string, ServedFile>;
/** The scripts of a page, in order. */
let entries: readonly string[];
let origin: string;
let close: () => void;
let browser: Browser;

beforeAll(async () => {
  const { bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as {
    bundle(code: string): Promise<{ name: string; code: string; isInitial: boolean }[]>;
  };
  // What takes over comes in a script of its own: it must be there before Lit is.
  const scripts = await Promise.all([
    bundle(`import '@lit-labs/ssr-client/lit-element-hydrate-support.js';`),
    bundle(
      `import 'magtek-elements';\nimport 'magtek-elements/elements/simulator';\nimport 'magtek-elements/elements/setup';\nimport 'magtek-elements/elements/receipt';\nimport 'magtek-elements/elements/updater';`,
    ),
  ]);
  // The entry comes first.
  entries = scripts.map((chunks, index) => `/${String(index)}/${chunks[0]?.name ?? ''}`);
  const { text } = await renderOnServer(markup);
  const html = (body: string, language?: string): ServedFile => ({
    type: 'text/html',
    text: pageWith(body, language),
  });
  files = {
    '/served': html(text),
    '/served-german': html(text, 'de'),
    '/made-here': html(markup),
    '/made-here-german': html(markup, 'de'),
    ...Object.fromEntries(
      scripts.flatMap((chunks, index) =>
        chunks.map(({ name, code }) => [`/${String(index)}/${name}`, { type: 'text/javascript', text: code }]),
      ),
    ),
  };
  ({ origin, close } = await servePages((url) => files[url]));
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
});

/** Opens a page without running any script of ours; gives what goes wrong in it from now on. */
async function open(url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(origin + url);
  return { page, errors };
}

/** Runs the scripts and waits until the reader has answered all that is asked of it. */
async function run(page: Page): Promise<void> {
  for (const url of entries) await page.addScriptTag({ type: 'module', url });
  await page.waitForFunction(() => {
    const info = document.querySelector('magtek-device-info')?.shadowRoot?.textContent;
    return info?.includes('Device operational status') === true;
  });
}

/** What the shadow root of each tag says, without styles and without the rows of the log, which have times in them. */
const textOfEach = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('*')]
        .filter(({ localName }) => localName.startsWith('magtek-'))
        .map(({ localName, shadowRoot }) => [
          localName,
          [...(shadowRoot?.children ?? [])]
            .filter((child) => child.localName !== 'style')
            .map((child) => {
              const copy = child.cloneNode(true) as Element;
              for (const row of copy.querySelectorAll('[data-position]')) row.remove();
              return copy.textContent;
            })
            .join(' ')
            .replace(/\s+/g, ' ')
            .trim(),
        ]),
    ),
  );

describe.concurrent('on a server', () => {
  test.for(tags)('<%s> renders into a shadow root, and adds no global', async (tag, { expect: expected }) => {
    const { text, globals } = await renderOnServer(`<${tag}></${tag}>`);
    expected(text).toMatch(new RegExp(`<${tag}[^>]*><template [^>]*shadowrootmode="open"`));
    expected(globals).toEqual([]);
  });
});

test('what a server rendered is shown before any script', async () => {
  const { page } = await open('/served');
  const shown = await textOfEach(page);
  expect(Object.keys(shown).sort()).toEqual([...tags].sort());
  expect(Object.entries(shown).filter(([tag, text]) => text === '' && tag !== 'magtek-signature')).toEqual([]);
  expect(shown['magtek-transaction']).toContain('Pay €4.60');
  expect(await page.evaluate(() => customElements.get('magtek-reader'))).toBeUndefined();
  expect(
    await page.$$eval('magtek-log', (logs) =>
      logs.map(({ shadowRoot }) => shadowRoot?.querySelectorAll(':checked:not(option)').length),
    ),
  ).toEqual([0]);
});

test.each(['', '-german'])(
  'it is taken over with its nodes, and is then as if it had been made here (%s)',
  async (language) => {
    const { page, errors } = await open(`/served${language}`);
    await page.evaluate(() => {
      const kept = [...document.querySelectorAll('*')]
        .filter(({ localName }) => localName.startsWith('magtek-'))
        .map((element) => ({ element, nodes: [...(element.shadowRoot?.children ?? [])] }));
      Object.assign(window, { kept });
    });
    await run(page);
    const lost = await page.evaluate(() =>
      (window as unknown as { kept: { element: Element; nodes: Element[] }[] }).kept
        // What shows the reader itself is replaced by the reader, once there is one.
        .filter(({ nodes }) => !nodes.some(({ isConnected, localName }) => isConnected && localName !== 'style'))
        .map(({ element }) => element.localName),
    );
    expect(lost).toEqual([]);
    expect(errors).toEqual([]);
    const made = await open(`/made-here${language}`);
    await run(made.page);
    const shown = async (): Promise<unknown[]> => [await textOfEach(page), await textOfEach(made.page)];
    await expect
      .poll(shown, { timeout: 10_000 })
      .toSatisfy(([taken, own]: unknown[]) => JSON.stringify(taken) === JSON.stringify(own));
    const [taken, own] = await shown();
    expect(taken).toEqual(own);
  },
);

test('a sale runs in it', async () => {
  const { page, errors } = await open('/served');
  await run(page);
  await page.click('magtek-transaction');
  await page.waitForFunction(
    () => document.querySelector<MagtekTransaction>('magtek-transaction')?.phase === 'waiting-for-card',
  );
  const outcome = page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('magtek-transaction-complete', (event) => {
          resolve((event as CustomEvent<{ outcome: string }>).detail.outcome);
        });
      }),
  );
  await page.evaluate(async () => {
    (await document.querySelector<MagtekReader>('magtek-reader')?.simulatedReader)?.tap('visa');
  });
  expect(await outcome).toBe('deferred');
  expect(errors).toEqual([]);
});
