/**
 * The demo in Chromium, as `npm start` serves it: for tests in Node that do what people do.
 * It does not know what is on the pages.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { launchChromium, root } from './pages.js';

/** A page, and what went wrong in it so far: errors, what the console calls one, and what could not be loaded. */
export interface WatchedPage {
  readonly page: Page;
  readonly problems: string[];
}

export interface OpenedDemo {
  /** The first address that the command prints. */
  readonly address: string;
  readonly newPage: () => Promise<WatchedPage>;
  readonly close: () => Promise<void>;
}

export async function openDemo(): Promise<OpenedDemo> {
  const { startDemo } = (await import(path.join(root, 'tools/start-demo.mjs'))) as {
    startDemo(): Promise<{ readonly address: string; readonly stop: () => void }>;
  };
  const [{ address, stop }, browser] = await Promise.all([startDemo(), launchChromium()]);
  return {
    address,
    newPage: async () => watch(await browser.newPage()),
    close: async () => {
      await browser.close();
      stop();
    },
  };
}

function watch(page: Page): WatchedPage {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${String(response.status())} ${response.url()}`);
  });
  return { page, problems };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds in a page, a line for each rule. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

/** How wide the content of a page is, in pixels: more than the window is where it has to be scrolled sideways. */
export const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
