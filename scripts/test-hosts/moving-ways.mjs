/**
 * Each way in which libraries and frameworks move elements: a sale, a second sale, and a move in the middle of one. It does not know
 * how a page is served or watched.
 */
import assert from 'node:assert/strict';
import { connections } from './connections.mjs';
import { kiosk } from './kiosk.mjs';
import { atRandomMoments } from './random-moments.mjs';

/** @typedef {import('./moving.mjs').Till} Till */

/** Calls a control of the page of a framework. @param {Till} till @param {string} call */
const host = ({ page }, call) => page.evaluate(`(async () => host.${call})()`);

/** Each way to move elements, by name. @type {Record<string, (till: Till) => Promise<void>>} */
export const ways = {
  replace: async (till) => {
    const renew = `const old = document.querySelector('magtek-reader'); old.replaceWith(old.cloneNode(true));`;
    await till.open('/plain');
    await till.sell();
    await till.sell();
    await till.start();
    await till.page.evaluate(renew);
    await till.ready();
    await till.sell();
    await atRandomMoments(till, renew);
    await till.sell();
  },
  turbo: async (till) => {
    await till.open('/visit/turbo');
    await till.sell();
    await visit(till, '/visit/turbo?page=2');
    await till.ready();
    await till.sell();
    await till.start();
    await visit(till, '/visit/turbo?page=3');
    await till.ready();
    await till.sell();
    // The preview comes from Turbo's cache.
    await till.page.goBack();
    await till.ready();
    await till.sell();
    await atRandomMoments(till, `Turbo.visit('/visit/turbo?page=' + n, { action: n % 2 ? 'advance' : 'replace' })`);
    await till.sell();
    // A permanent element keeps connection and sale over a visit.
    await till.open('/permanent/turbo');
    const before = connections(till);
    await till.start();
    await visit(till, '/permanent/turbo?page=2');
    await till.finish();
    await till.sell();
    assert.equal(connections(till), before);
  },
  'turbo-parts': async (till) => {
    // A frame beside the reader: what is in the frame changes, and the sale goes on.
    await till.open('/frame/turbo');
    let before = connections(till);
    await till.sell();
    await till.start();
    await frame(till, 2);
    await till.finish();
    await till.sell();
    assert.equal(connections(till), before);
    // A frame around the reader: each page of the frame has a reader of its own.
    await till.open('/framed/turbo');
    await till.sell();
    await till.start();
    await frame(till, 2);
    await till.ready();
    await till.sell();
    // A refresh that morphs keeps the reader, also without being told.
    await till.open('/refresh/turbo');
    before = connections(till);
    await till.start();
    await till.page.evaluate(async () => {
      const loaded = new Promise((resolve) => addEventListener('turbo:load', resolve, { once: true }));
      Reflect.get(window, 'Turbo').visit(location.href, { action: 'replace' });
      await loaded;
    });
    await till.finish();
    await till.sell();
    assert.equal(connections(till), before);
  },
  htmx: async (till) => {
    const swap = `return htmx.ajax('GET', '/plain?part', { target: 'main', swap: 'outerHTML' })`;
    await till.open('/plain/htmx');
    await till.sell();
    await till.start();
    await till.page.evaluate(`(() => { ${swap} })()`);
    await till.ready();
    await till.sell();
    await till.sell();
    await atRandomMoments(till, swap);
    await till.sell();
  },
  'htmx-parts': async (till) => {
    const { page } = till;
    const heading = (/** @type {number} */ at) =>
      page.waitForFunction(`document.querySelector('h1')?.textContent === 'Page ${at}'`);
    // Links that htmx follows for the browser, and the way back.
    await till.open('/boost/htmx');
    await till.sell();
    await till.start();
    await page.click('#next');
    await heading(2);
    await till.ready();
    await till.sell();
    await till.start();
    await page.goBack();
    await heading(1);
    await till.ready();
    await till.sell();
    // What is preserved keeps connection and sale, whatever comes around it.
    await till.open('/preserve/htmx');
    const before = connections(till);
    await till.start();
    await page.evaluate(() =>
      Reflect.get(window, 'htmx').ajax('GET', '/preserve?part&page=2', { target: 'main', swap: 'outerHTML' }),
    );
    await heading(2);
    await till.finish();
    await till.sell();
    assert.equal(connections(till), before);
  },
  idiomorph: (till) => morph(till, 'idiomorph', `Idiomorph.morph(document.querySelector('main'), html)`),
  morphdom: (till) => morph(till, 'morphdom', `morphdom(document.querySelector('main'), html)`),
  alpine: async (till) => {
    await till.open('/alpine/alpine');
    const before = connections(till);
    await till.sell();
    // Hidden is not removed.
    await till.start();
    await host(till, 'isShown = false');
    await host(till, 'isShown = true');
    await till.finish();
    assert.equal(connections(till), before);
    await cutAndBack(till, 'isThere = false', 'isThere = true');
    await atRandomMoments(till, 'host.keys = [n]');
    await till.sell();
  },
  'react-moves': async (till) => {
    await till.open('/app/react');
    await till.sell();
    await till.sell();
    // An Activity that is hidden stays in the page: the sale goes on.
    let before = connections(till);
    await till.start();
    await host(till, 'hide()');
    await host(till, 'show()');
    await till.finish();
    assert.equal(connections(till), before);
    await till.start();
    await host(till, 'renew(-1)');
    await till.ready();
    await till.sell();
    await atRandomMoments(till, 'return host.renew(n)');
    await till.sell();
    // What the server has rendered is taken over with its connection.
    before = connections(till);
    await till.open('/hydrated/react');
    await till.sell();
    await till.sell();
    assert.equal(connections(till), before + 1);
  },
  'vue-moves': async (till) => {
    await till.open('/app/vue');
    await till.sell();
    await cutAndBack(till, 'hide()', 'show()');
    await till.start();
    await host(till, 'renew(-1)');
    await till.ready();
    await till.sell();
    await atRandomMoments(till, 'return host.renew(n)');
    await till.sell();
    await fade(till);
    const before = connections(till);
    await till.open('/hydrated/vue');
    await till.sell();
    await till.sell();
    assert.equal(connections(till), before + 1);
  },
  'svelte-moves': async (till) => {
    await till.open('/app/svelte');
    await till.sell();
    await cutAndBack(till, 'hide()', 'show()');
    await atRandomMoments(till, 'return host.renew(n)');
    await till.sell();
    await fade(till);
  },
  'angular-moves': async (till) => {
    await till.open('/app/angular');
    await till.sell();
    await cutAndBack(till, `go('/other')`, `go('/')`);
    await atRandomMoments(till, 'return host.renew(n)');
    await till.sell();
    // A view that is kept for later is out of the page meanwhile, and connects again.
    await host(till, `go('/kept')`);
    await till.ready();
    await cutAndBack(till, `go('/other')`, `go('/kept')`);
    await till.sell();
  },
  kiosk,
};

/**
 * Takes the reader out of the page in the middle of a sale: its connection is let go. Once it is back, it sells.
 * @param {Till} till @param {string} away @param {string} back calls of the page
 */
async function cutAndBack(till, away, back) {
  await till.start();
  await host(till, away);
  await till.watched.until(({ clients }) => clients === 0, 'let go');
  await host(till, back);
  await till.ready();
  await till.sell();
}

/**
 * The old view fades out while the new one is there: two readers with one address, of which the second is ready when the first is
 * gone. Until then it says who has the connection.
 * @param {Till} till
 */
async function fade(till) {
  till.expects('in-use');
  await till.start();
  await till.finish();
  for (const key of [-2, -3]) {
    await host(till, `fade(${key})`);
    await till.ready();
    await till.sell();
  }
  await till.start();
  await host(till, 'fade(-4)');
  await till.ready();
  await till.sell();
  till.expects(undefined);
}

/** @param {Till} till @param {string} address */
async function visit({ page }, address) {
  await page.evaluate(async (to) => {
    const loaded = new Promise((resolve) => addEventListener('turbo:load', resolve, { once: true }));
    Reflect.get(window, 'Turbo').visit(to);
    await loaded;
  }, address);
}

/** Follows the link in a frame. @param {Till} till @param {number} at the page that comes */
async function frame({ page }, at) {
  await page.click('#next');
  await page.waitForFunction(`document.querySelector('#shop h1')?.textContent === 'Page ${at}'`);
}

/** @param {Till} till @param {string} library @param {string} step morphs the page to what the server would send, `html` */
async function morph(till, library, step) {
  const { page } = till;
  const again = `const html = await (await fetch('/plain?part')).text(); ${step};`;
  const run = () => page.evaluate(`(async () => { ${again} })()`);
  await till.open(`/plain/${library}`);
  const before = connections(till);
  await till.start();
  await page.$eval('magtek-log', (log) => Reflect.set(log, 'paused', true));
  await run();
  assert.equal(await page.$eval('magtek-reader', (element) => element.getAttribute('state')), 'ready');
  assert.equal(await page.$eval('magtek-log', (log) => Reflect.get(log, 'paused')), true);
  await till.finish();
  await run();
  await till.sell();
  assert.equal(connections(till), before);
}
