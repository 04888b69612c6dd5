// The broker matrix: a command of its own, `npm run test:brokers`, as brokers take their time to start. First one story at all
// brokers; then, with the name of a broker in the environment, the suites of the client over that broker.
import { defineConfig } from 'vitest/config';

const isOfClient = process.env.MAGTEK_CARRIER_BROKER !== undefined;

export default defineConfig({
  test: {
    include: isOfClient
      ? ['connection', 'client', 'client/service', 'transactions'].map((folder) => `test/unit/${folder}/*.both.test.ts`)
      : ['test/system/brokers/*.brokers.test.ts'],
    ...(isOfClient ? { testNamePattern: 'over MQTT' } : {}),
    environment: 'node',
    maxWorkers: 2,
    // Brokers that start, stop and time out beside browsers: one test that is late must not cost all of them.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 40_000, interval: 50 } },
  },
});
