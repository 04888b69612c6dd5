// `npm run test:networks`: connections in browsers that take ports of this computer for hosts elsewhere.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/system/networks/**/*.test.ts'],
    environment: 'node',
    // Each file has browsers of its own.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
