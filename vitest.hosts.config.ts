// The tags in pages without a browser: a part of `npm run test:hosts`, which installs what such pages are made with.
import { defineConfig } from 'vitest/config';

const folder = './test/system/hosts/without-browser';

export default defineConfig({
  test: {
    projects: ['jsdom', 'happy-dom'].map((name) => ({
      test: {
        name,
        include: [`${folder}/*.hosts.test.ts`],
        environment: `${folder}/${name}.ts`,
        testTimeout: 60_000,
        onConsoleLog: (log: string) => !log.startsWith('Lit is in dev mode.'),
      },
    })),
  },
});
