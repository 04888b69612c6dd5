/**
 * `npm run test:networks`: the connections of the elements in Chromium and Firefox, from pages and to readers that the browsers
 * take for hosts of the internet, of a shop's network and of this computer. With `--update` it writes the tables of
 * docs/networks.md.
 */
import { runNode, runTool } from '../tools/run-tool.mjs';

const args = process.argv.slice(2);
const isUpdate = args.includes('--update');
const files = args.filter((arg) => arg !== '--update');

const { ok, output } = await runNode(['scripts/build.mjs'], { capture: true });
if (!ok) console.error(output);
const tested =
  ok &&
  (await runTool('vitest', ['run', '--config', 'vitest.networks.config.ts', ...files], {
    env: { MAGTEK_UPDATE: isUpdate ? '1' : '' },
  }));
if (isUpdate) await runTool('prettier', ['--write', 'docs/networks.md'], { capture: true });
process.exitCode = tested && tested.ok ? 0 : 1;
