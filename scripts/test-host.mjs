/**
 * `npm run test:host`: the host kit's long tests. 200 hosts are killed at every step of a sale, 30,000 random bodies are posted, and
 * two hosts share a PostgreSQL, which is installed where that is possible.
 */
import { ensurePostgres } from '../tools/ensure-postgres.mjs';
import { runNode, runTool } from '../tools/run-tool.mjs';

let skipped = '';
try {
  ensurePostgres();
} catch (error) {
  skipped = `Skipped: tests with PostgreSQL. ${error instanceof Error ? error.message : error}`;
}
const built = await runNode(['scripts/build.mjs']);
const { ok } = built.ok
  ? await runTool('vitest', ['run', 'test/unit/host/', 'test/system/host/'], {
      env: { HOST_RUNS: '200', HOST_BODIES: '30000' },
    })
  : built;
if (skipped !== '') console.log(`\n${skipped}`);
process.exitCode = ok ? 0 : 1;
