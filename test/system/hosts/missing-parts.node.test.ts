/**
 * Files that an open page has yet to load are gone: a deployment has replaced them, or the network is away. Everything that is
 * loaded when it is asked for says so in its place, throws nothing that nobody catches, and works once the file is there.
 * A part that no step below asks for fails the last test. It looks at what `npm run build` made, bundled as a shop would.
 */
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium, root, servePages } from '../../support/pages.js';
import { waitInside } from '../../../tools/shadow-content.mjs';

interface Chunk {
  readonly name: string;
  readonly code: string;
  readonly isInitial: boolean;
  readonly isDynamicEntry: boolean;
  readonly imports: readonly string[];
}

const markup = `<magtek-reader id="till" simulated><magtek-status></magtek-status><magtek-simulator></magtek-simulator>
  <magtek-log></magtek-log><magtek-command-panel></magtek-command-panel>
  <magtek-transaction amount="4.60" currency="EUR"></magtek-transaction></magtek-reader>
  <magtek-reader id="other"><magtek-status></magtek-status></magtek-reader><magtek-fleet></magtek-fleet>`;

let chunks: readonly Chunk[];
/** Whether files are gone that are not loaded at once. */
let isGone = false;
/** Files that were asked for while they were gone, and files that were given, by the step that runs. */
const refused = new Set<string>();
const given = new Set<string>();
/** Files that were asked for in vain and then given, by any step. */
const tried = new Set<string>();
let origin: string;
let close: () => void;
let browser: Browser;

beforeAll(async () => {
  const { bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as {
    bundle(code: string): Promise<Chunk[]>;
  };
  chunks = await bundle(
    ['reader', 'status', 'log', 'command-panel', 'fleet', 'simulator', 'transaction']
      .map((name) => `import 'magtek-elements/elements/${name}';`)
      .join('\n'),
  );
  const entry = chunks[0]?.name ?? '';
  const html = `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,"><body>${markup}<script type="module" src="/${entry}"></script></body></html>`;
  ({ origin, close } = await servePages((url) => {
    if (url === '/') return { type: 'text/html', text: html };
    const chunk = chunks.find(({ name }) => url === `/${name}`);
    if (!chunk) return undefined;
    if (isGone && !chunk.isInitial) {
      refused.add(chunk.name);
      return undefined;
    }
    given.add(chunk.name);
    return { type: 'text/javascript', text: chunk.code };
  }));
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
});

/** Opens the page, of which files are then gone: once its reader is connected, or from the beginning. */
async function open(isConnected: boolean): Promise<{ page: Page; errors: string[] }> {
  refused.clear();
  isGone = !isConnected;
  const page = await browser.newPage();
  // A page behind another draws no frames.
  await page.bringToFront();
  onTestFinished(() => page.close());
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  // Of a sale that a step before has left behind.
  await page.evaluateOnNewDocument(() => {
    localStorage.clear();
  });
  await page.goto(origin);
  await page.waitForFunction(() => customElements.get('magtek-fleet'));
  if (isConnected) {
    // What the panel loads with its first look has come, so that it does not mix with what is tried.
    await page.waitForFunction(
      () => document.querySelector('magtek-command-panel')!.shadowRoot!.querySelectorAll('.entry').length > 25,
    );
    await page.evaluate(`document.querySelector('#till').connect()`);
    await page.waitForSelector('#till[state=ready]');
    await waitInside(page, 'magtek-log >>> [role=row][data-position]');
  }
  isGone = true;
  return { page, errors };
}

const log = `document.querySelector('magtek-log')`;
const panel = `document.querySelector('magtek-command-panel')`;
const fleet = `document.querySelector('magtek-fleet')`;
const simulator = `document.querySelector('magtek-simulator')`;
const pressed = (element: string, name: string): string =>
  `[...${element}.shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === '${name}').click()`;
const shows = (element: string, selector: string): string =>
  `${element}.shadowRoot.querySelector('${selector}') !== null`;
const says = (element: string, pattern: string): string =>
  `${pattern}.test(${element}.shadowRoot.textContent.replace(/\\s+/g, ' '))`;
const key = (name: string, more = ''): string =>
  `${log}.shadowRoot.querySelector('.rows').dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', ${more} }))`;
const dropped = `(() => {
  const data = new DataTransfer();
  data.items.add(new File(['{"format":"nonsense"}\\n'], 'desk.jsonl'));
  ${log}.shadowRoot.querySelector('.body').dispatchEvent(new DragEvent('drop', { dataTransfer: data }));
})()`;
const connected = (transport: string, url = ''): string =>
  `Object.assign(document.querySelector('#other'), { transport: '${transport}', url: '${url}', device: '9999' }).connect().catch(() => undefined)`;
const other = `document.querySelector('#other')`;
const codeMissing = `/code .* could not be loaded/.test(${other}.error?.message ?? '')`;
const sale = `document.querySelector('magtek-transaction')`;
/** Another tab says that it does not know how a sale ended, and that the network is back. */
const unknownSale = `localStorage.setItem('magtek-elements/unresolved/lost', JSON.stringify({
    transactionId: 'lost', amount: '4.60', currency: 'EUR', phase: 'reading', arqc: false, startedAt: Date.now(),
  }));
  dispatchEvent(new StorageEvent('storage', { key: 'magtek-elements/unresolved/lost' }));
  dispatchEvent(new Event('online'))`;
/** In the words of the element and the language of the page. */
const MISSING = '/This part could not be loaded/';

/** What a person does, what is to be seen while the file is gone, and what once it is there. */
interface Step {
  readonly act: string;
  readonly gone: string;
  readonly there: string;
  /** Before the reader is connected. */
  readonly isFirst?: true;
}

const steps: Readonly<Record<string, Step>> = {
  'details of a message': {
    act: `${key('Home')}; ${key('Enter')}`,
    gone: says(log, MISSING),
    there: shows(log, '.details'),
  },
  statistics: { act: pressed(log, 'Statistics'), gone: says(log, MISSING), there: shows(log, '.statistics') },
  'a search in messages': {
    act: `${log}.filter = { ...${log}.filter, search: 'card' + (globalThis.count = (globalThis.count ?? 0) + 1) }`,
    gone: `${says(log, MISSING)} && !${says(log, '/Searching …/')}`,
    there: says(log, '/No matching entry/'),
  },
  'the export of a log': {
    act: pressed(log, 'Export'),
    gone: says(log, MISSING),
    there: says(log, '/Given to the browser/'),
  },
  'the file of a log': {
    act: dropped,
    gone: says(log, MISSING),
    there: says(log, '/desk.jsonl was not opened. Line 1/'),
  },
  'a copy by key': {
    act: `${key('Home')}; ${key('c', 'ctrlKey: true')}`,
    gone: says(log, MISSING),
    there: says(log, '/Copied|does not allow/'),
  },
  'the forms of commands': {
    act: `${panel}.shadowRoot.querySelector('#tab-commands').click()`,
    gone: says(panel, MISSING),
    there: `${panel}.shadowRoot.querySelectorAll('.entry').length > 25`,
    isFirst: true,
  },
  scripts: { act: pressed(panel, 'Script'), gone: says(panel, MISSING), there: shows(panel, '#script') },
  'what is pasted': {
    act: pressed(panel, 'Decode'),
    gone: says(panel, MISSING),
    there: shows(panel, '[part~=decode]'),
  },
  properties: { act: pressed(panel, 'Properties'), gone: says(panel, MISSING), there: shows(panel, 'details') },
  'the support bundle': {
    act: pressed(panel, 'Support bundle'),
    gone: says(panel, MISSING),
    there: `/\\d/.test(${panel}.shadowRoot.querySelector('.head [role=status]').textContent)`,
  },
  'a sale whose outcome nobody knows': {
    act: unknownSale,
    // The button is not offered meanwhile.
    gone: `${says(sale, MISSING)} && ${says(sale, '/How did this transaction end/')} && !${shows(sale, '.pay')}`,
    there: `${shows(sale, '[part=recovery-ask]')} && !${shows(sale, '.pay')}`,
  },
  'the simulated reader': {
    act: `document.querySelector('#till').connect().catch(() => undefined)`,
    gone: `/could not be loaded/.test(document.querySelector('#till').error?.message ?? '')`,
    there: `document.querySelector('#till').state === 'ready'`,
    isFirst: true,
  },
  'the face of the simulated reader': {
    act: `${shows(simulator, '.again')} ? ${simulator}.shadowRoot.querySelector('.again').click() : undefined`,
    gone: says(simulator, MISSING),
    there: shows(simulator, '.device'),
    isFirst: true,
  },
  'an operation that few pages use': {
    act: `document.querySelector('#till').client.readFile('02000000').then(() => { globalThis.read = 'file'; }, ({ code }) => { globalThis.read = code; })`,
    gone: `globalThis.read === 'part-missing'`,
    there: `globalThis.read !== undefined && globalThis.read !== 'part-missing'`,
  },
  'what the reader is': {
    act: `document.querySelector('#till').client.getDeviceInfo().then(() => { globalThis.read = 'info'; }, ({ code }) => { globalThis.read = code; })`,
    gone: `globalThis.read === 'part-missing'`,
    there: `globalThis.read === 'info'`,
  },
  'a sale whose card the page lets be tried again': {
    act: `(() => {
      globalThis.read = undefined;
      globalThis.begun = document.querySelector('#till').client.startTransaction({ amount: '1.00', currency: 'EUR', fallback: 'host' });
      globalThis.begun.result.then(({ outcome, error }) => { globalThis.read = error?.code ?? outcome; });
    })()`,
    gone: `globalThis.read === 'part-missing'`,
    there: `globalThis.begun.phase === 'waiting-for-card'`,
  },
  'a sale with a name whose card the page lets be tried again': {
    act: `Object.assign(${sale}, { fallback: 'host', transactionId: 'named' }); ${shows(sale, '.pay')} && ${sale}.start().catch(() => undefined)`,
    // Nothing was sent, so that the same may be tried again.
    gone: `${sale}.outcome === 'cancelled' && ${shows(sale, '.pay')}`,
    there: `${sale}.phase === 'waiting-for-card'`,
  },
  'a reader on USB': {
    act: connected('hid'),
    gone: codeMissing,
    there: `${other}.state === 'connecting' || (${other}.error && !${codeMissing})`,
  },
  'a reader at a broker': {
    act: connected('mqtt', 'ws://127.0.0.1:9/'),
    gone: codeMissing,
    there: `${other}.error && !${codeMissing}`,
  },
  'the readers of a broker': {
    act: `document.querySelector('magtek-fleet').url = 'ws://127.0.0.1:9/' + (globalThis.count = (globalThis.count ?? 0) + 1)`,
    gone: says(`document.querySelector('magtek-fleet')`, '/code .* could not be loaded/'),
    there: `${shows(`document.querySelector('magtek-fleet')`, '[part=error]')} && !${says(`document.querySelector('magtek-fleet')`, '/could not be loaded/')}`,
  },
  'the columns of details': {
    act: `${fleet}.columns = ${fleet}.columns === 'serial sale' ? 'serial lock' : 'serial sale'`,
    gone: says(fleet, MISSING),
    there: `${fleet}.shadowRoot.querySelectorAll('[role=columnheader]').length === 2 && !${says(fleet, MISSING)}`,
  },
  ...Object.fromEntries(
    (
      [
        ['de', 'Protokoll'],
        ['es', 'Registro'],
        ['fr', 'Journal'],
      ] as const
    ).map(([language, title]): [string, Step] => [
      `words in ${language}`,
      {
        act: `document.documentElement.lang = '${language}'; ${log}.requestUpdate()`,
        gone: says(log, '/^ *Log/'),
        // In English it says nothing of what is missing: the next update asks again once the last try has failed, whenever that is.
        there: `${log}.requestUpdate(), ${says(log, `/^ *${title}/`)}`,
      },
    ]),
  ),
};

describe('a missing file', { concurrent: false }, () => {
  test.each(Object.entries(steps))('of %s', { timeout: 60_000 }, async (_, { act, gone, there, isFirst }) => {
    const { page, errors } = await open(isFirst !== true);
    await page.evaluate(`(() => { ${act} })()`);
    await page.waitForFunction(gone);
    await expect.poll(() => [...refused]).not.toEqual([]);
    const wanted = [...refused];
    given.clear();
    isGone = false;
    await page.evaluate(`(() => { ${act} })()`);
    await page.waitForFunction(there);
    expect(errors).toEqual([]);
    // A browser that waits for its user has the file, and no more to show.
    await expect.poll(() => wanted.filter((name) => given.has(name))).not.toEqual([]);
    for (const name of wanted) if (given.has(name)) tried.add(name);
  });

  test('is tried with every part that is loaded when it is asked for', () => {
    const parts = chunks.filter(({ isDynamicEntry }) => isDynamicEntry);
    // What another part cannot do without comes with it.
    const apart = parts.filter(({ name }) => !parts.some(({ imports }) => imports.includes(name)));
    expect(apart.length).toBeGreaterThan(10);
    expect(apart.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
