/** A page that has been hidden for long: Chromium lets its timers run once a minute, and the broker must not lose it for that. */
import { expect, onTestFinished, test } from 'vitest';
import { addReader } from '../networks/in-page.js';
import { launchBrowser, startSite } from '../networks/scene.js';
import { brokers } from '../../support/brokers/index.mjs';
import { pathOf, publish, startBroker } from './stage.js';

/** Seconds: a broker ends a silent connection after one and a half times the 120 s that the page agrees with it. */
const HIDDEN = 200;

test.skipIf(brokers.mosquitto.missing !== undefined)(
  `a page that is hidden for ${String(HIDDEN)} s stays connected`,
  { timeout: (HIDDEN + 120) * 1000 },
  async () => {
    const broker = await startBroker('mosquitto');
    const { path } = await publish(broker, pathOf(1));
    const site = await startSite(false);
    const browser = await launchBrowser('chromium', { sleepAfter: 5 });
    onTestFinished(async () => {
      await browser.close();
      await site.close();
    });
    const page = await browser.newPage();
    await page.goto(`http://localhost:${String(site.port)}/`);
    expect(await addReader(page, { transport: 'mqtt', url: broker.url, device: path, 'auto-connect': '' })).toBe(
      'ready',
    );
    await page.evaluate(() => {
      const seen: string[] = [];
      let last = performance.now();
      let longest = 0;
      setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 1_000);
      document.addEventListener('magtek-state-change', ({ detail }) => seen.push(detail.state));
      Object.assign(globalThis, { report: () => ({ seen, longest, visibility: document.visibilityState }) });
    });
    const other = await browser.newPage();
    await other.bringToFront();
    await new Promise((resolve) => setTimeout(resolve, HIDDEN * 1000));
    const { seen, longest, visibility } = await page.evaluate(() =>
      (globalThis as unknown as { report(): { seen: string[]; longest: number; visibility: string } }).report(),
    );
    expect(visibility).toBe('hidden');
    expect(longest, 'its timers slept').toBeGreaterThan(30_000);
    expect(seen).toEqual([]);
    await page.bringToFront();
    const status = await page.evaluate(
      async () => (await document.querySelector('magtek-reader')!.getDeviceInfo()).serialNumber,
    );
    expect(status).not.toBe('');
  },
);
