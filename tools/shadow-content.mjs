/**
 * Waits for what is in shadow roots of a page. Puppeteer's own waits for `host >>> inside` look again only when the light DOM
 * changes, and so may never see what a shadow root renders later; these look in every frame.
 */

/**
 * Waits until what a selector finds is visible.
 * @param {import('puppeteer-core').Page | import('puppeteer-core').Frame} page @param {string} selector @param {{ timeout?: number }} [options]
 */
export const waitInside = (page, selector, options) => page.waitForSelector(selector, { ...options, visible: true });

/**
 * Clicks what a selector finds, once it is there, stands still and can be clicked. What moves away under the pointer on a busy
 * computer is clicked again, as a person would.
 * @param {import('puppeteer-core').Page} page @param {string} selector @param {{ timeout?: number }} [options]
 */
export async function clickInside(page, selector, { timeout = 30_000 } = {}) {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    const found = await waitInside(page, selector, { timeout: end - Date.now() });
    if (found && (await clickArrives(found))) return;
  }
  throw new Error(`No click arrived at ${selector} in ${String(timeout)} ms.`);
}

/**
 * Whether a click reached the element: not where it was disabled, covered, or taken out of the page.
 * @param {import('puppeteer-core').ElementHandle} found
 */
async function clickArrives(found) {
  try {
    await found.evaluate(standsStill);
    const seen = await found.evaluateHandle((element) => {
      const clicks = { any: false };
      element.addEventListener('click', () => (clicks.any = true), { capture: true, once: true });
      return clicks;
    });
    await found.click();
    // A page that was left for another one has seen the click.
    return await seen.evaluate(({ any }) => any).catch(() => true);
  } catch (error) {
    if (error instanceof Error && /detached|not clickable|context was destroyed/iu.test(error.message)) return false;
    throw error;
  }
}

/** @param {Element} element @returns {Promise<void>} when two frames found it at the same place */
function standsStill(element) {
  return new Promise((resolve) => {
    let before = '';
    const look = () => {
      const now = JSON.stringify(element.getBoundingClientRect());
      if (now === before) return resolve();
      before = now;
      requestAnimationFrame(look);
    };
    look();
  });
}

/**
 * The text of what a selector finds, its white space as it is seen.
 * @param {import('puppeteer-core').Page} page @param {string} selector
 */
export async function textInside(page, selector) {
  const found = await waitInside(page, selector);
  return (await found?.evaluate(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())) ?? '';
}
