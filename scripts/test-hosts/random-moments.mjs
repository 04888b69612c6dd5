/**
 * A page that changes its elements at random moments while it sells. A sale whose element was taken out of the page was cut by the
 * page; every other one must end as it would have without. It does not know how the page changes.
 */
import assert from 'node:assert/strict';
import { settleAll } from './settle.mjs';

/** How often. */
const TIMES = 200;

/**
 * @param {import('./moving.mjs').Till} till
 * @param {string} step what the page does, as a script in which `n` counts
 */
export async function atRandomMoments({ page, watched, ready }, step) {
  // A cardholder who has the card at hand.
  const stop = watched.reader.subscribe(({ phase }) => {
    if (phase === 'waiting-for-card') setTimeout(() => watched.reader.tap('visa'), Math.random() * 20);
  });
  await page.evaluate(`(async () => {
    const sales = (window.sales = []);
    const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const now = () => [...document.querySelectorAll('magtek-reader')].at(-1);
    const isReady = () => now()?.getAttribute('state') === 'ready';
    const sell = async () => {
      const sale = now()?.querySelector('magtek-transaction');
      if (!sale || !isReady() || !['idle', 'done'].includes(sale.phase)) return;
      ${settleAll};
      const entry = { end: 'running', isCut: false };
      sales.push(entry);
      const over = (end) => Object.assign(entry, { end, isCut: !sale.isConnected });
      await sale.start().then(({ outcome }) => over(outcome), ({ code }) => over(code));
    };
    const act = (n) => { ${step} };
    for (let n = 1; n <= ${TIMES}; n++) {
      const before = now();
      await act(n);
      await pause(Math.random() ** 2 * 80);
      // Some sales begin on what is about to go, others on what has just come.
      if (Math.random() < 0.25) for (let times = 0; times < 250 && (now() === before || !isReady()); times++) await pause(20);
      // Some sales are seen to their end, others are cut in the middle.
      const over = sell();
      await (Math.random() < 0.3 ? over : pause(Math.random() ** 2 * 60));
    }
  })()`);
  await page.waitForFunction(`sales.every(({ end }) => end !== 'running')`);
  stop();
  await ready();
  const sales = /** @type {{ end: string, isCut: boolean }[]} */ (await page.evaluate('sales'));
  const whole = sales.filter(({ isCut }) => !isCut);
  // A reader that is still busy with the end of a sale that was cut refuses those that follow at once: they took no card.
  let isBusy = false;
  const lost = sales.filter(({ end, isCut }) => {
    isBusy = isCut || (isBusy && end === 'failed');
    return !isCut && !isBusy && end !== 'deferred';
  });
  assert.deepEqual(lost, []);
  assert.ok(whole.some(({ end }) => end === 'deferred') && sales.length > whole.length, JSON.stringify(sales));
}
