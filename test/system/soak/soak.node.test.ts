/**
 * The soak: in `npm test` with few readers and a few seconds, with `npm run soak` in full length; then it also leaves its report
 * in the file that MAGTEK_SOAK_REPORT names.
 */
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { whyNoBroker } from '../../../tools/mosquitto.mjs';
import { soak, type SoakOptions } from './soak.js';

const short: SoakOptions = { readers: 8, pages: 2, seconds: 6, restarts: 1, seed: 1 };
const full: SoakOptions = { readers: 200, pages: 20, seconds: 120, restarts: 2, seed: 1 };

const report = process.env.MAGTEK_SOAK_REPORT;

test.skipIf(whyNoBroker())(
  'no answer reaches the wrong reader, everything settles and no sale starts twice while the broker is restarted',
  { timeout: 600_000 },
  async () => {
    const options = report === undefined ? short : full;
    const found = await soak(options);
    if (report !== undefined) await writeFile(report, JSON.stringify({ options, ...found }));
    expect(found.violations).toEqual([]);
    expect(found.requests.answered).toBeGreaterThan(0);
    expect((found.sales.approved ?? 0) + (found.sales.declined ?? 0)).toBeGreaterThan(0);
    expect(found.back).toHaveLength(options.restarts);
  },
);
