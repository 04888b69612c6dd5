/**
 * `npm run soak`: 200 simulated readers at a real broker that is restarted twice, 20 pages that sell at them for two minutes.
 * With `-- --broker nats-cluster` at three nodes of NATS, of which two are killed and one is stopped, for one minute.
 * It fails where something happened that must never happen; otherwise it prints the figures and writes them to docs/growth.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureMosquitto } from '../tools/ensure-mosquitto.mjs';
import { ensureNats } from '../tools/ensure-nats.mjs';
import { root, runTool } from '../tools/run-tool.mjs';

const page = path.join(root, 'docs/growth.md');
const ensures = { mosquitto: ensureMosquitto, 'nats-cluster': ensureNats };
const { values } = parseArgs({ options: { broker: { type: 'string', default: 'mosquitto' } } });
const kind = /** @type {keyof typeof ensures} */ (values.broker);
if (!Object.hasOwn(ensures, kind)) throw new Error(`--broker must be one of ${Object.keys(ensures).join(', ')}`);
/** What is between them is written by the soak at that broker. */
const command = kind === 'mosquitto' ? 'npm run soak' : `npm run soak -- --broker ${kind}`;
const [begin, end] = [`<!-- Written by ${command}. -->`, `<!-- End of what ${command} writes. -->`];

/** @param {number} number */
const round = (number) => number.toLocaleString('en', { maximumSignificantDigits: number < 100 ? 2 : 3 });
/** @param {Record<string, number>} counts */
const list = (counts) =>
  Object.entries(counts)
    .map(([name, number]) => `${name} ${number.toLocaleString('en')}`)
    .join(', ') || 'none';

/** @param {import('../test/system/soak/soak.js').SoakReport & { options: import('../test/system/soak/soak.js').SoakOptions }} report */
function tableOf({ options, requests, sales, starts, messagesPerSecond, request, back, heap, broker }) {
  const { readers, pages, seconds, restarts } = options;
  const rows = [
    ['run', `${readers} readers, ${pages} pages, ${seconds} s, ${options.broker} restarted ${restarts} times`],
    ['machine', `${cpus().length} cores, Node ${process.versions.node}; broker, readers and pages share them`],
    ['requests answered', requests.answered.toLocaleString('en')],
    ['requests that failed, by code', list(requests.failed)],
    ['sales by outcome', list(sales)],
    ['starts that reached a reader; twice', `${starts.toLocaleString('en')}; 0`],
    ['messages per second through the broker', round(messagesPerSecond)],
    [
      'request to answer, p50 / p99 / longest',
      `${[request.p50, request.p99, request.longest].map(round).join(' / ')} ms`,
    ],
    ['all readers back after a restart', back.map((milliseconds) => `${round(milliseconds / 1000)} s`).join(', ')],
    ['heap of one published reader', `${round(heap.reader)} kB`],
    ['heap of one client of a page', `${round(heap.client)} kB`],
    ['memory of the broker, a connection', broker === undefined ? 'not known on this system' : `${round(broker)} kB`],
  ];
  return ['| what | measured |', '| --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

const folder = mkdtempSync(path.join(tmpdir(), 'magtek-elements-soak-'));
try {
  ensures[kind]();
  const file = path.join(folder, 'report.json');
  const { ok } = await runTool('vitest', ['run', 'test/system/soak'], {
    env: { MAGTEK_SOAK_REPORT: file, MAGTEK_SOAK_BROKER: kind },
  });
  if (!ok) throw new Error('The soak has failed: see above.');
  const table = tableOf(JSON.parse(readFileSync(file, 'utf8')));
  console.log(`\n${table}\n`);
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for the figures.`);
  writeFileSync(page, `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`);
  await runTool('prettier', ['--write', page, '--log-level', 'warn']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
