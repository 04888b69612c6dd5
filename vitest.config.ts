// Tests in Node: every test/**/*.node.test.ts, and every *.both.test.ts, which runs in browsers too. `scripts/test.mjs` turns coverage on when it runs all of them.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.node.test.ts', 'test/**/*.both.test.ts'],
    environment: 'node',
    // They mostly wait, for sockets, brokers and browsers: two cores are half idle with a worker each.
    maxWorkers: 2 * Math.max(2, availableParallelism()),
    // Property tests and processes take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    onConsoleLog: (log) => !log.startsWith('Lit is in dev mode.'),
    coverage: {
      provider: 'v8',
      // The codec is the layer whose every line must be known to work.
      include: ['src/mms/**/*.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { lines: 100, branches: 100 },
    },
  },
});
