// Browser tests: every test/**/*.browser.test.ts, and every *.both.test.ts, which runs in Node too; each file in a page of its
// own; in Chromium, or in the browsers that BROWSERS names: `BROWSERS=firefox,webkit npm test -- --only browser`. Every element in every
// state and theme takes minutes: test/**/*.looks.test.ts, with `npm run test:looks`.
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { defaultReporter } from '@web/test-runner';
import { summaryReporter } from './scripts/lib/wtr-summary-reporter.mjs';
import { bothPlugin } from './test/support/both-plugin.mjs';
import { launchersOf } from './test/support/browser-launchers.mjs';
import { hostMiddleware } from './test/support/host-middleware.mjs';
import { readerServerPlugin } from './test/support/reader-server-plugin.mjs';

const summaryFile = process.env.MAGTEK_TEST_SUMMARY;
const browsers = process.env.BROWSERS ?? 'chromium';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.browser.test.ts', 'test/**/*.both.test.ts'],
  // As bundlers for pages resolve: packages that have a build for Node and one for browsers give the second one.
  nodeResolve: { browser: true, exportConditions: ['browser', 'development'] },
  // Most files wait more than they work. More than two at a time was tried in Chromium only.
  concurrency: browsers === 'chromium' ? 3 : 2,
  // One browser after the other: what waits for an animation frame must not wait for another browser.
  concurrentBrowsers: 1,
  // A page may have run another file before: what that left in the storage is not of this one.
  testRunnerHtml: (framework) => `<!doctype html>
<html>
  <body>
    <script>
      localStorage.clear();
    </script>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
  testFramework: { config: { timeout: 30_000 } },
  testsFinishTimeout: 300_000,
  middleware: [hostMiddleware()],
  plugins: [
    // Without the tsconfig the decorators of Lit are not understood and class fields hide its properties.
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
    bothPlugin(),
    readerServerPlugin(),
    // What assistive technology is told: test/system/e2e/no-card-data looks into it.
    a11ySnapshotPlugin(),
  ],
  browsers: launchersOf(browsers),
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode.'),
  reporters: [defaultReporter(), ...(summaryFile ? [summaryReporter(summaryFile)] : [])],
};
