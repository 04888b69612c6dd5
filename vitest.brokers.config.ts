// The broker matrix: a command of its own, `npm run test:brokers`, as brokers take their time to start.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/system/brokers/*.brokers.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    // Programs of others, on a machine that may be busy: one that starts too slowly is no fault of ours.
    retry: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 40_000, interval: 50 } },
  },
});
