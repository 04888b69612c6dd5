/**
 * `npm run measure:redaction`: how much of harmless log lines redaction changes, and whether it leaves a card number. It measures
 * what `npm run build` made. Fails where more than two lines in a hundred are changed, or a number is left.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLeft, logLines, placement, randomFrom } from '../tools/redaction-corpus.mjs';
import { root } from '../tools/run-tool.mjs';

const LINES = Number(process.env.LINES ?? 2_000);
const PLACEMENTS = Number(process.env.PLACEMENTS ?? 100_000);
const SEED = Number(process.env.SEED ?? 1);
const MOST_CHANGED = 0.02;

const { redactText } = await import(pathToFileURL(path.join(root, 'dist/mms/index.js')).href);

const changed = logLines(LINES, SEED).filter((line) => redactText(line) !== line);
console.log(`${changed.length} of ${LINES} log lines without card data are changed.`);
for (const line of changed.slice(0, 5)) console.log(`  ${redactText(line)}`);

const random = randomFrom(SEED);
let left = 0;
for (let at = 0; at < PLACEMENTS; at++) {
  const { number, text } = placement(at, random);
  const redacted = redactText(text);
  if (redacted.length === text.length && !isLeft(redacted, number)) continue;
  left++;
  if (left <= 5) console.error(`left: ${JSON.stringify(text)} as ${JSON.stringify(redacted)}`);
}
console.log(`${left} of ${PLACEMENTS} placed test numbers are left.`);
for (const length of [12, 13, 14, 15, 16, 17, 18, 19]) {
  let hidden = 0;
  for (let at = 0; at < 20_000; at++) {
    const digits = Array.from({ length }, () => String(Math.floor(random() * 10))).join('');
    if (redactText(digits) !== digits) hidden++;
  }
  console.log(`${length} random digits: ${((100 * hidden) / 20_000).toFixed(1)} % are taken for a card number.`);
}
if (changed.length > LINES * MOST_CHANGED || left > 0) process.exitCode = 1;
