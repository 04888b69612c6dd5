/**
 * A kiosk that sells card after card without being reloaded. It knows the reader's command that lets cards be reported, and the heap
 * of the page.
 */
import assert from 'node:assert/strict';

/** Sales, and those after which the heap is measured first. */
const SALES = 50;
const WARM = 10;
/** Bytes that the heap may grow per sale. */
const GROWTH = 20_000;

/** @param {import('./moving.mjs').Till} till */
export async function kiosk({ page, watched, open, ready }) {
  await open('/kiosk');
  await page.evaluate(() => {
    Reflect.set(window, 'sold', []);
    document.addEventListener('magtek-transaction-complete', (event) =>
      Reflect.get(window, 'sold').push(/** @type {CustomEvent<{ outcome: string }>} */ (event).detail.outcome),
    );
  });
  // An idle reader reports cards only where it is told to, and from the next restart on.
  await page.$eval('magtek-reader', (element) =>
    /** @type {any} */ (element).send('AA0081040155D1118413D1118501018704020701028906C1049F000000'),
  );
  // Counted at the reader: the page may be connected again before it could be asked.
  const before = watched.clients.length;
  watched.reader.restart();
  await watched.until(() => watched.clients.length >= before + 2, 'connected again');
  await ready();
  const client = await page.createCDPSession();
  const heap = async () => {
    await client.send('HeapProfiler.collectGarbage');
    return (await client.send('Runtime.getHeapUsage')).usedSize;
  };
  let warm = 0;
  for (let count = 1; count <= SALES; count++) {
    await watched.until(({ phase, state }) => phase === undefined && state === 'idle', 'idle');
    watched.reader.insert('visa');
    await page.waitForFunction((wanted) => Reflect.get(window, 'sold').length === wanted, {}, count);
    watched.reader.remove();
    if (count === WARM) warm = await heap();
  }
  assert.deepEqual(await page.evaluate(() => [...new Set(Reflect.get(window, 'sold'))]), ['deferred']);
  const growth = ((await heap()) - warm) / (SALES - WARM);
  assert.ok(growth < GROWTH, `the heap grows by ${Math.round(growth)} bytes with each sale`);
}
