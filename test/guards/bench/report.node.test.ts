import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const bench = path.resolve(import.meta.dirname, '../../../bench');

/** What a script that uses the tools of the measurements prints, as JSON. */
async function evaluate(script: string): Promise<unknown> {
  const url = (file: string): string => JSON.stringify(new URL(file, `file://${bench}/`).href);
  const source = `
    const { measure } = await import(${url('measure.mjs')});
    const { quantile, tableText } = await import(${url('report.mjs')});
    const { targetsTable } = await import(${url('targets.mjs')});
    console.log(JSON.stringify(${script}));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source]);
  return JSON.parse(stdout);
}

test('quantiles are those between the sorted values', async () => {
  expect(
    await evaluate('[quantile([4, 1, 3, 2], 0.5), quantile([5], 0.25), quantile([0, 10, 20, 30, 40], 0.25)]'),
  ).toEqual([2.5, 5, 10]);
});

test('a table has the medians, and the ratios round by round', async () => {
  const samples = [
    { name: 'ours', perSecond: [10, 20, 30] },
    { name: 'theirs', perSecond: [5, 5, 5] },
  ];
  const table = { title: 'T', about: 'A', target: 'fast', unit: 'message', unitsPerRun: 100, samples };
  expect(await evaluate(`tableText(${JSON.stringify(table)}).split('\\n')`)).toEqual([
    '### T',
    '',
    'A',
    '',
    'Target: fast',
    '',
    '|  | messages per second, median (middle half) | ours is faster by |',
    '| --- | --- | --- |',
    '| ours | 2,000 (1,500 to 2,500) |  |',
    '| theirs | 500 (500 to 500) | 4.00× (3.00× to 5.00×) |',
    '',
  ]);
});

test('the table of the targets says of each what was reached, and what was not measured', async () => {
  const figures = { 'log-10000': [0.5, 0.6, 0.7], 'log-50000': [1, 1, 1], 'hex-fields': [5], heap: [8.5] };
  const rows = (await evaluate(`targetsTable(${JSON.stringify(figures)}).split('\\n')`)) as string[];
  const cells = (what: string): string[] =>
    rows
      .find((row) => row.includes(what))
      ?.split(' | ')
      .slice(1) ?? [];
  expect(cells('10,000 lines')).toEqual(['2.05', '0.6× (0.55× to 0.65×)', '0.9×', '0.6×', 'aim |']);
  expect(cells('50,000 lines')).toEqual(['2.1', '1× (1× to 1×)', '0.9×', '0.6×', 'no |']);
  expect(cells('Four fields')).toEqual(['1.9', '5×', '4×', '6×', 'must |']);
  expect(cells('Heap')).toEqual(['12 MB', '8.5 MB', '9 MB', '6 MB', 'must |']);
  expect(cells('Packages')).toEqual(['76', 'not measured', '12', '8', ' |']);
});

test('the parser that the codec is measured beside takes the same fields', async () => {
  const differing = await evaluate(`await (async () => {
    const load = (file) => import(new URL(file, 'file://${bench}/codec/').href);
    const [{ mixedStream }, { takeFields }, { cursorFields }] = await Promise.all(['corpus.mjs', 'work.mjs', 'cursor.mjs'].map(load));
    const stream = mixedStream();
    return [stream.length > 100, stream.filter((hex) => JSON.stringify(takeFields(hex)) !== JSON.stringify(cursorFields(hex)))];
  })()`);
  expect(differing).toEqual([true, []]);
});

test('every round measures every contender', async () => {
  const result = await evaluate(
    `measure([{ name: 'a', run: () => 1 }, { name: 'b', run: () => 2 }], { rounds: 3, milliseconds: 1 })`,
  );
  expect(result).toEqual([
    { name: 'a', perSecond: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    { name: 'b', perSecond: [expect.any(Number), expect.any(Number), expect.any(Number)] },
  ]);
});
