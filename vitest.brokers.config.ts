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
    // Nothing is tried twice. What a broker does beside others may take long: RabbitMQ is back half a minute after it was killed.
    testTimeout: 240_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 90_000, interval: 50 } },
  },
});
