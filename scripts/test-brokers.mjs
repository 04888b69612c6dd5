/**
 * `npm run test:brokers`: one story of a fleet at every broker that can be had here: mosquitto, RabbitMQ, NATS, aedes; and idle
 * and hidden pages, also behind nginx. Then the suites of the client over each of them but mosquitto, which `npm test` takes. With `-- --write` the
 * table of docs/mqtt.md is written from what was seen.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureMosquitto } from '../tools/ensure-mosquitto.mjs';
import { ensureNats } from '../tools/ensure-nats.mjs';
import { ensureNginx } from '../tools/ensure-nginx.mjs';
import { ensureRabbitmq } from '../tools/ensure-rabbitmq.mjs';
import { root, runNode, runTool } from '../tools/run-tool.mjs';

const page = path.join(root, 'docs/mqtt.md');
const [begin, end] = ['<!-- Written by npm run test:brokers. -->', '<!-- End of what npm run test:brokers writes. -->'];
const names = { mosquitto: 'mosquitto', rabbitmq: 'RabbitMQ', nats: 'NATS', aedes: 'aedes' };

/** Brokers that cannot be had here. @type {Set<string>} */
const missing = new Set();
const needed = { mosquitto: ensureMosquitto, rabbitmq: ensureRabbitmq, nats: ensureNats, nginx: ensureNginx };
for (const [kind, ensure] of Object.entries(needed)) {
  try {
    ensure();
  } catch (error) {
    missing.add(kind);
    console.log(`Skipped: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {Record<string, Record<string, string>>} seen */
function tableOf(seen) {
  const kinds = Object.entries(names);
  const row = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [
    row(['behaviour', ...kinds.map(([, name]) => name)]),
    row(['', ...kinds].map(() => '---')),
    ...Object.entries(seen).map(([what, cells]) => row([what, ...kinds.map(([kind]) => cells[kind] ?? 'not tried')])),
  ].join('\n');
}

// One of the tests opens a page.
if (!(await runNode(['scripts/build.mjs'], { capture: true })).ok) throw new Error('The build failed.');
const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-brokers-'));
try {
  const file = path.join(folder, 'report.json');
  const results = path.join(folder, 'results.json');
  /** Whether all went well, and something was tried: a pattern of names may match nothing. */
  const run = async (/** @type {Record<string, string>} */ env) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
    rmSync(results, { force: true });
    const { ok } = await runTool('vitest', ['run', '--config', 'vitest.brokers.config.ts', ...reporters], { env });
    return ok && JSON.parse(readFileSync(results, 'utf8')).numPassedTests > 0;
  };
  if (!(await run({ MAGTEK_BROKERS_REPORT: file })))
    throw new Error('The brokers have failed, or none of the tests ran: see above.');
  for (const kind of Object.keys(names).filter((name) => name !== 'mosquitto' && !missing.has(name))) {
    console.log(`\nThe client over ${kind}:`);
    if (!(await run({ MAGTEK_CARRIER_BROKER: kind })))
      throw new Error(`The client has failed over ${kind}, or none of its tests ran: see above.`);
  }
  const table = tableOf(JSON.parse(readFileSync(file, 'utf8')));
  console.log(`\n${table}\n`);
  if (process.argv.includes('--write')) {
    const text = readFileSync(page, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${page} has no place for the table.`);
    writeFileSync(page, `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`);
    await runTool('prettier', ['--write', page, '--log-level', 'warn']);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
