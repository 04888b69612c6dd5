/**
 * The soak: in `npm test` with few readers and a few seconds, with `npm run soak` in full length, at the broker that
 * MAGTEK_SOAK_BROKER names; then it also leaves its report in the file that MAGTEK_SOAK_REPORT names.
 */
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { whyNoBroker } from '../../../tools/mosquitto.mjs';
import { soak, type SoakOptions } from './soak.js';

const short: SoakOptions = { broker: 'mosquitto', readers: 8, pages: 2, seconds: 6, restarts: 1, seed: 1 };
const full: Readonly<Record<SoakOptions['broker'], SoakOptions>> = {
  mosquitto: { broker: 'mosquitto', readers: 200, pages: 20, seconds: 120, restarts: 2, seed: 1 },
  'nats-cluster': { broker: 'nats-cluster', readers: 200, pages: 20, seconds: 60, restarts: 3, seed: 1 },
};

const report = process.env.MAGTEK_SOAK_REPORT;
const named = (process.env.MAGTEK_SOAK_BROKER ?? 'mosquitto') as SoakOptions['broker'];

test.skipIf(whyNoBroker())(
  'no answer reaches the wrong reader, everything settles and no sale starts twice while the broker is restarted',
  { timeout: 1_200_000 },
  async () => {
    const options = report === undefined ? short : full[named];
    const found = await soak(options);
    if (report !== undefined) await writeFile(report, JSON.stringify({ options, ...found }));
    expect(found.violations).toEqual([]);
    expect(found.requests.answered).toBeGreaterThan(0);
    expect((found.sales.approved ?? 0) + (found.sales.declined ?? 0)).toBeGreaterThan(0);
    expect(found.back).toHaveLength(options.restarts);
  },
);
