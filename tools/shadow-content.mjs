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
 * Clicks what a selector finds, once it is there and can be clicked.
 * @param {import('puppeteer-core').Page} page @param {string} selector @param {{ timeout?: number }} [options]
 */
export async function clickInside(page, selector, options) {
  await waitInside(page, selector, options);
  await page
    .locator(selector)
    .setTimeout(options?.timeout ?? 30_000)
    .click();
}

/**
 * The text of what a selector finds, its white space as it is seen.
 * @param {import('puppeteer-core').Page} page @param {string} selector
 */
export async function textInside(page, selector) {
  const found = await waitInside(page, selector);
  return (await found?.evaluate(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())) ?? '';
}
