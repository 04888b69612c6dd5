/**
 * A page in a frame that may not download anything, as portals embed theirs: the browser says nothing to the page, so the log cannot
 * know that no file appears, and says what it did and why there may be none. It looks at what `npm run build` made.
 */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { waitInside } from '../../../tools/shadow-content.mjs';
import { cdnFile, launchChromium, servePages } from '../../support/pages.js';

const page = (body: string) => ({
  type: 'text/html',
  text: `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,"><body>${body}</body></html>`,
});
const log = page(
  '<script type="module" src="/cdn/magtek-elements.js"></script><magtek-reader simulated auto-connect><magtek-log></magtek-log></magtek-reader>',
);

let origin: string;
let close: () => void;
let browser: Browser;

beforeAll(async () => {
  ({ origin, close } = await servePages((url) => {
    if (url === '/log') return log;
    if (url === '/blocked')
      return page('<iframe src="/log" width="800" height="600" sandbox="allow-scripts allow-same-origin"></iframe>');
    return cdnFile(url);
  }));
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
});

/** What the log says once “Export…” was pressed, and the names of the files that the browser was about to store. */
async function exported(path: string): Promise<{ said: string; files: string[]; errors: string[] }> {
  const context = await browser.createBrowserContext();
  onTestFinished(() => context.close());
  const tab = await context.newPage();
  const files: string[] = [];
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(String(error)));
  const session = await browser.target().createCDPSession();
  // Nothing is stored, and what would be is known.
  const behavior = { behavior: 'deny', eventsEnabled: true, browserContextId: context.id ?? '' } as const;
  await session.send('Browser.setDownloadBehavior', behavior);
  session.on('Browser.downloadWillBegin', ({ suggestedFilename }) => files.push(suggestedFilename));
  await tab.goto(origin + path);
  const frame = await tab.waitForFrame((each) => each.url().endsWith('/log'));
  await waitInside(frame, 'magtek-log >>> [role=row][data-position]');
  const said = await frame.$eval('magtek-log', async (element) => {
    const inside = element.shadowRoot;
    const notice = inside?.querySelector('.notice');
    const before = notice?.textContent;
    [...(inside?.querySelectorAll('button') ?? [])].find((button) => button.textContent.trim() === 'Export')?.click();
    while (notice?.textContent === before || /^\d+ /.test(notice?.textContent ?? ''))
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return notice?.textContent ?? '';
  });
  return { said, files, errors };
}

test('where downloads are blocked the log says why no file appears', { timeout: 60_000 }, async () => {
  const { said, files, errors } = await exported('/blocked');
  expect({ said, errors }).toEqual({
    said: 'Given to the browser as a file. If none appears, it blocks downloads here.',
    errors: [],
  });
  expect(files).toEqual([]);
});

test('elsewhere a file appears', { timeout: 60_000 }, async () => {
  const { files } = await exported('/log');
  await expect.poll(() => files).toEqual(['reader-log.jsonl']);
});
