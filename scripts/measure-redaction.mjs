/**
 * `npm run measure:redaction`: how much of harmless log lines redaction changes, and whether it leaves a card number. It measures
 * what `npm run build` made. Fails where more than two lines in a hundred or one of our own texts are changed, where a number is left,
 * and where more random numbers are hidden than the comment of `src/mms/redact.ts` promises.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLeft, isOwnText, logLines, placement, randomFrom } from '../tools/redaction-corpus.mjs';
import { root } from '../tools/run-tool.mjs';

const LINES = Number(process.env.LINES ?? 2_000);
const PLACEMENTS = Number(process.env.PLACEMENTS ?? 100_000);
const SEED = Number(process.env.SEED ?? 1);
const MOST_CHANGED = 0.02;
/** Share of random numbers that may be taken for card numbers, by their digits. @param {number} length */
const mostHidden = (length) => (length <= 16 ? 1 / 15 : 1 / 7);
const RANDOM = 20_000;

const { redactText } = await import(pathToFileURL(path.join(root, 'dist/mms/index.js')).href);

const changed = logLines(LINES, SEED).filter((line) => redactText(line) !== line);
console.log(`${changed.length} of ${LINES} log lines without card data are changed.`);
for (const line of changed.slice(0, 5)) console.log(`  ${redactText(line)}`);
const own = changed.filter(isOwnText);
console.log(`${own.length} of them are texts of these elements.`);

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
let tooMany = 0;
for (const length of [12, 13, 14, 15, 16, 17, 18, 19]) {
  let hidden = 0;
  for (let at = 0; at < RANDOM; at++) {
    const digits = Array.from({ length }, () => String(Math.floor(random() * 10))).join('');
    if (redactText(digits) !== digits) hidden++;
  }
  if (hidden > RANDOM * mostHidden(length)) tooMany++;
  const [share, most] = [hidden / RANDOM, mostHidden(length)].map((part) => (100 * part).toFixed(1));
  console.log(`${length} random digits: ${share} % are taken for a card number, ${most} % may be.`);
}
if (changed.length > LINES * MOST_CHANGED || own.length > 0 || left > 0 || tooMany > 0) process.exitCode = 1;
