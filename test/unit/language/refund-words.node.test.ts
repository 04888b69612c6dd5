/** A refund is a transaction too: no sentence that may be about one calls it a sale, in any language. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorDetails } from '../../../src/connection/error-details.js';
import { ReaderError, readerErrors } from '../../../src/connection/reader-error.js';
import { french } from '../../../src/language/french.js';
import { german } from '../../../src/language/german.js';
import { spanish } from '../../../src/language/spanish.js';
import { decideOutcome } from '../../../src/transactions/outcome.js';

const folder = path.resolve(import.meta.dirname, '../../../src/language/english');
const modules = await Promise.all(
  readdirSync(folder).map((file) => import(path.join(folder, file)) as Promise<Record<string, object>>),
);
const english = Object.assign({}, ...modules.flatMap((module) => Object.values(module))) as Record<string, string>;

/** What is sold: the other types of transactions have names of their own beside these. */
const NAMES_OF_TYPES = /^(?:receipt|form)\.(?:purchase|cashback)$/;
/** The last one of a reader in the list of a fleet: its column has that name in files, too. */
const COLUMNS = /^fleet\.sale-end$/;

/** Sentences that call it a sale and nothing else. */
const sold = (words: Readonly<Record<string, string>>): string[] =>
  Object.entries(words)
    .filter(([key]) => !NAMES_OF_TYPES.test(key) && !COLUMNS.test(key))
    .filter(([, text]) => /\bsales?\b(?! or refund)|Verk[aä]uf|\bventes?\b|\bventas?\b/i.test(text))
    .map(([key, text]) => `${key}: ${text}`);

test.each(Object.entries({ english, german, french, spanish, details: errorDetails }))('%s', (_, words) => {
  expect(Object.keys(words).length).toBeGreaterThan(20);
  expect(sold(words)).toEqual([]);
});

test('errors', () => {
  const all = Object.entries(readerErrors).flatMap(([code, { message, help }]) => [
    [`error.${code}`, message],
    [`help.${code}`, help],
  ]);
  expect(sold(Object.fromEntries(all) as Record<string, string>)).toEqual([]);
});

test('reasons of outcomes', () => {
  const codes = { '10000000': 'approved', '20000000': 'declined' } as const;
  const approved = { approved: true };
  const declined = { approved: false };
  const ends = [
    { decision: approved },
    { decision: declined },
    { decision: { approved, authorizedAmount: '1.00' } },
    { decision: approved, card: 'refused' },
    { decision: approved, card: 'silent' },
    { decision: approved, completion: '20000000' },
    { decision: declined, completion: '10000000' },
    { decision: approved, refusedByReader: true },
    { card: 'refused' },
    { card: 'silent' },
    { unsent: true },
    { overtaken: true },
    { undecided: 'host-silent' },
    { completion: '20000000' },
    { completion: '30000000' },
    { cancelled: true },
    { lost: new ReaderError('connection-lost') },
    { unanswered: new ReaderError('timeout') },
    {},
  ] as Parameters<typeof decideOutcome>[0][];
  const reasons = ends.map((evidence) => decideOutcome(evidence, codes).reason);
  expect(sold(Object.fromEntries(reasons.map((reason) => [reason, reason])))).toEqual([]);
  expect(reasons[1]).toBe('The host declined the transaction.');
});
