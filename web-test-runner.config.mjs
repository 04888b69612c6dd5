// Browser tests: every test/**/*.browser.test.ts in Chromium, each file in a page of its own.
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { ensureChromium } from './scripts/ensure-chromium.mjs';
import { summaryReporter } from './scripts/wtr-summary-reporter.mjs';
import { hostMiddleware } from './test/tools/host-middleware.mjs';
import { readerServerPlugin } from './test/tools/reader-server-plugin.mjs';

const summaryFile = process.env.MAGTEK_TEST_SUMMARY;

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/**/*.browser.test.ts',
  nodeResolve: true,
  concurrency: 2,
  testFramework: { config: { timeout: 10_000 } },
  testsFinishTimeout: 120_000,
  middleware: [hostMiddleware()],
  plugins: [
    // Without the tsconfig the decorators of Lit are not understood and class fields hide its properties.
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
    readerServerPlugin(),
  ],
  browsers: [
    chromeLauncher({
      // A context for each page: pages that share one lie in background tabs, where no animation frame is ever drawn.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
      launchOptions: {
        executablePath: ensureChromium(),
        headless: true,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          // Readers use certificates that no browser knows; so do the tests' servers.
          '--ignore-certificate-errors',
        ],
      },
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode.'),
  reporters: [defaultReporter(), ...(summaryFile ? [summaryReporter(summaryFile)] : [])],
};
