/** One counter of a page as a person uses it: its buttons and what it shows. It does not know the framework of the page. */
import { clickInside } from '../../tools/shadow-content.mjs';

/**
 * @param {import('puppeteer-core').Page} page
 * @param {string} name
 * @param {number} timeout milliseconds
 */
export function counterOf(page, name, timeout) {
  const section = `section[aria-label="${name}"]`;
  /** @param {string} selector */
  const click = async (selector) => {
    await clickInside(page, `${section} ${selector}`, { timeout });
  };
  return {
    pay: () => click('magtek-transaction >>> [part=pay]'),
    ask: () => click('.ask'),
    remove: () => click('.remove'),
    /** Whether the button that starts a sale can be pressed at all. */
    canPay: () => page.$eval(`${section} magtek-transaction >>> [part=pay]`, (button) => button.matches(':enabled')),
    /** What a place of the page shows. @param {'card' | 'outcome' | 'serial-number' | 'problem'} place */
    shown: (place) => page.$$eval(`${section} .${place}`, (found) => found.map((each) => each.textContent).join('')),
    /**
     * Waits until a place of the page shows what is wanted.
     * @param {'card' | 'outcome' | 'serial-number' | 'problem'} place @param {RegExp} wanted
     */
    shows: async (place, wanted) => {
      try {
        await page.waitForFunction(
          (selector, source) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ''),
          { timeout },
          `${section} .${place}`,
          wanted.source,
        );
      } catch (cause) {
        throw new Error(`“.${place}” of ${name} never showed ${wanted}`, { cause });
      }
    },
    /** Waits until the reader element is in a state. @param {string} state */
    is: async (state) => {
      try {
        await page.waitForSelector(`${section} magtek-reader[state=${state}]`, { timeout });
      } catch (cause) {
        throw new Error(`the reader of ${name} was never ${state}`, { cause });
      }
    },
  };
}
