/** Points in time come from the clock of the device; durations are measured, whatever that clock does. */
import { expect, test } from 'vitest';
import { ReaderClient } from '../../../src/client/reader-client.js';
import { systemEnvironment } from '../../../src/connection/environment.js';
import { SimulatedReader } from '../../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../../src/simulator/simulated-transport.js';

test('after hours of sleep, and with a clock that is set while an answer is awaited', async () => {
  const HOURS = 5 * 3_600_000;
  let isSet = false;
  const reader = new SimulatedReader({ pace: 1 });
  const client = new ReaderClient({
    transport: new SimulatedTransport(reader),
    environment: {
      ...systemEnvironment,
      // A page that slept: its measured time is behind.
      now: () => performance.timeOrigin + performance.now() - HOURS,
      date: () => Date.now() + (isSet ? HOURS : 0),
    },
  });
  await client.connect();
  const asked = client.request('AA00810401011F0184021F01');
  isSet = true;
  await asked;
  isSet = false;
  for (const { at, milliseconds } of client.journal.entries) {
    expect([0, HOURS].some((later) => Math.abs(at - later - Date.now()) < 60_000)).toBe(true);
    if (milliseconds !== undefined) expect(milliseconds).toBeLessThan(60_000);
  }
  const [first] = client.journal.entries;
  expect(Math.abs(first!.at - Date.now())).toBeLessThan(60_000);
  client.disconnect();
  reader.close();
});
