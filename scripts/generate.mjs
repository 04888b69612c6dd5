/**
 * `npm run generate`: every file that is kept in git and made from others, anew: what the build writes, the picture of the layers
 * and the pages of the documentation that tests compare with the code. Commit what it changes.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawArchitecture } from './lib/architecture-picture.mjs';
import { root, runNode, runTool } from '../tools/run-tool.mjs';

writeFileSync(path.join(root, 'docs/architecture.svg'), drawArchitecture());
const pages = [
  'test/unit/connection/errors-doc',
  'test/unit/simulator/conformance-doc',
  'test/unit/mms/tables/protocol-doc',
  'test/unit/mms/tables/readings-doc',
  'test/unit/client/firmware.node',
  'test/unit/transactions/full-emv',
  'test/unit/transactions/fallback.node',
];
for (const run of [() => runNode(['scripts/build.mjs']), () => runTool('vitest', ['run', ...pages, '--update'])]) {
  if (!(await run()).ok) process.exit(1);
}
