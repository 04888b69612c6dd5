/**
 * Pages that a server renders and a framework takes over, with a reader that belongs to a page and one that stays around all of them:
 * a sale, a second sale, and another page in the middle of one. It does not know the framework.
 */
import assert from 'node:assert/strict';
import { connections } from './connections.mjs';

/** @param {import('./moving.mjs').Till} till */
export async function takeOver(till) {
  const { page, watched } = till;
  const heading = (/** @type {number} */ at) =>
    page.waitForFunction(`document.querySelector('h1')?.textContent === 'Page ${at}'`);
  /** Follows the link as the framework does, without another document. @param {number} at the page that comes */
  const next = async (at) => {
    await page.evaluate(() => Reflect.set(window, 'isSame', true));
    await page.click('#next');
    await heading(at);
    assert.ok(await page.evaluate(() => Reflect.get(window, 'isSame')), 'another document was loaded');
  };
  /** What the page has heard of the sale, and its server decided. @param {string} wanted */
  const hears = (wanted) => page.waitForFunction(`document.querySelector('.outcome')?.textContent === '${wanted}'`);

  // The server sends the tags with what is known of them, before any script runs.
  const sent = await fetch(`${till.origin}/own/1`).then((response) => response.text());
  assert.match(sent, new RegExp(`<magtek-reader [^>]*url="${watched.url}"`));
  assert.match(sent, /<magtek-transaction [^>]*amount="4.60"/);

  // The reader that the server has rendered is the one that is used.
  await till.open('/own/1');
  assert.equal(connections(till), 1);
  await till.sell();
  await hears('approved');
  await till.sell();
  // A page with another reader, in the middle of a sale; back and forward.
  await till.start();
  await next(2);
  await till.ready();
  await hears('');
  await till.sell();
  await hears('approved');
  await till.start();
  await page.goBack();
  await heading(1);
  await till.ready();
  await till.sell();
  await till.start();
  await page.goForward();
  await heading(2);
  await till.ready();
  await till.sell();

  // The reader above the pages stays with its connection and its sale, whichever page is shown.
  await till.open('/kept/1');
  const before = connections(till);
  await till.start();
  await next(2);
  await page.goBack();
  await heading(1);
  await page.goForward();
  await heading(2);
  await till.finish();
  await hears('approved');
  await till.sell();
  assert.equal(connections(till), before);

  // Another document and back, from the browser's cache of pages or anew.
  await till.start();
  await till.open('/own/1');
  await page.goBack();
  await heading(2);
  await till.ready();
  await till.sell();
}
