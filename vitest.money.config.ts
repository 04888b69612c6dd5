// The tills of `npm run test:money`: whole pages in Chromium at a simulated reader, from a sale on its way to a page that is loaded anew.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/system/money/*.money.test.ts'],
    environment: 'node',
    // Each file has a browser of its own.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
