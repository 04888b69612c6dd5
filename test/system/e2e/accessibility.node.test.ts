/**
 * A sale by keyboard alone, as a screen reader is told of it: the tree that Chromium gives to assistive technology, what is
 * announced and in which order, and where the focus is after each step.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { focusedIn, tabTo, treeOf } from '../../support/assistive-tree.js';
import { openDemo, type OpenedDemo } from '../../support/demo-in-browser.js';

let demo: OpenedDemo;
let page: Page;

beforeAll(async () => {
  demo = await openDemo();
  ({ page } = await demo.newPage());
  await page.goto(new URL('/shop.html', demo.address).href);
  await page.waitForSelector('magtek-reader[state=ready]');
}, 120_000);

afterAll(() => demo.close());

const tree = (): Promise<string[]> => treeOf(page);
const focused = (): Promise<string> => focusedIn(page);

/** From now on, what the sale's live regions say is kept, each text once. */
const listen = (): Promise<void> =>
  page.evaluate(() => {
    const sale = document.querySelector('magtek-transaction');
    const said: string[] = [];
    Object.assign(window, { said });
    const note = (): void => {
      for (const region of sale?.shadowRoot?.querySelectorAll('[role=status], [role=alert]') ?? []) {
        const slots = [...region.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements());
        const text = [...slots.map(({ textContent }) => textContent), region.textContent].join(' ');
        const plain = text.replace(/\s+/g, ' ').trim();
        if (plain !== '' && said.at(-1) !== plain) said.push(plain);
      }
    };
    new MutationObserver(note).observe(sale!.shadowRoot!, { subtree: true, childList: true, characterData: true });
  });

const said = (): Promise<string[]> => page.evaluate(() => (window as unknown as { said: string[] }).said);

const phase = (wanted: string): Promise<unknown> =>
  page.waitForFunction((is) => document.querySelector('magtek-transaction')?.matches(`:state(${is})`), {}, wanted);

describe('a sale by keyboard alone', () => {
  test('begins with a button that says what it does, and gives the focus to the way out', async () => {
    expect(await tree()).toContain('button: Pay €12.80');
    await listen();
    await tabTo(page, /^button: Pay €12\.80$/);
    await page.keyboard.press('Enter');
    await phase('waiting-for-card');
    await expect.poll(focused).toBe('button: Cancel');
    const shown = await tree();
    expect(shown).toContain('status: ');
    expect(shown.some((line) => line.startsWith('timer'))).toBe(true);
    expect(shown).toContain('StaticText: Your card: insert, tap, or swipe');
  });

  test('cancelled by Enter, it says so and keeps the focus', async () => {
    await page.keyboard.press('Enter');
    await phase('cancelled');
    await expect.poll(focused).toContain('status');
    expect(await tree()).toContain('button: Try again');
  });

  test('again: a card by keyboard, the outcome announced last, the focus on it', async () => {
    await tabTo(page, /^button: Try again$/);
    await page.keyboard.press('Enter');
    await phase('waiting-for-card');
    await tabTo(page, /^button: Tap/);
    await page.keyboard.press('Enter');
    await phase('approved');
    const announced = await said();
    const first = announced.findIndex((text) => text.includes('Your card'));
    const cancelled = announced.findIndex((text) => text.includes('Cancelled'));
    const approved = announced.findIndex((text) => text.includes('Thank you!'));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(cancelled).toBeGreaterThan(first);
    expect(approved, announced.join(' | ')).toBe(announced.length - 1);
    // The focus was at the cardholder's side when the sale ended: it is not taken from there.
    await expect.poll(focused).toMatch(/^button: Tap/);
  });

  test('nothing of it is without a name', async () => {
    const unnamed = (await tree()).filter((line) => /^(button|textbox|combobox|checkbox|radio|link|img): $/.test(line));
    expect(unnamed).toEqual([]);
  });
});
