/**
 * `docs/errors.md` is written from the table of errors, and `docs/errors.html` from it: the page that `error.url` leads to. After a
 * change: `npx vitest run test/unit/connection/errors-doc --update`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { HelpedDetailCode } from '../../../src/connection/detail-code.js';
import { rareRemedies } from '../../../src/connection/rare-details.js';
import { tagRemedies } from '../../../src/connection/tag-details.js';
import { ReaderError, readerErrors, type ReaderErrorCode } from '../../../src/connection/reader-error.js';
import { deviceRemedies } from '../../../src/transports/device-remedies.js';

const remedies = { ...deviceRemedies, ...rareRemedies, ...tagRemedies };

const { standalone } = (await import(path.resolve('scripts/lib/docs/standalone.mjs'))) as {
  standalone: (markdown: string) => string;
};

/** Markup in a remedy is text here as well. */
const asMarkdown = (help: string): string => help.replace(/<[^>]+>/g, (markup) => `\`${markup}\``);

const section = (code: ReaderErrorCode): string => {
  const { message, help, retryable } = new ReaderError(code);
  const again = retryable
    ? 'The same call may simply be made again.'
    : 'Making the same call again does not help by itself.';
  return `## ${code}\n\n${message}\n\n**What to do.** ${asMarkdown(help)}\n\n${again}\n`;
};

const caseSection = (code: HelpedDetailCode): string => `## ${code}\n\n${asMarkdown(remedies[code])}\n`;

const codes = (Object.keys(readerErrors) as ReaderErrorCode[]).sort();
const cases = (Object.keys(remedies) as HelpedDetailCode[]).sort();

test('every error is documented with its remedy', async () => {
  const page = [
    '# Errors\n',
    'Every failure is a `ReaderError` with a stable `code` for programs, and `message`, `detail` and `help` for people.',
    '`retryable` says whether the same call may succeed when it is made again; it is false where that might make a payment',
    'twice. This page is written from the tables in `src/connection/reader-error.ts`, `src/connection/rare-details.ts`,',
    '`src/connection/tag-details.ts` and `src/transports/device-remedies.ts`.\n',
    ...codes.map(section),
    '# Remedies of single cases\n',
    'Where the remedy of the code would lead the wrong way, `help` is that of `because.code`.\n',
    ...cases.map(caseSection),
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/errors.md');
  await expect(standalone(page)).toMatchFileSnapshot('../../../docs/errors.html');
});

test('the help address of every error leads to its section of a page in the package', () => {
  const { files, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[]; version: string };
  const page = new URL(new ReaderError('timeout').url);
  const file = page.pathname.replace(`/magtek-elements@${version}/`, '');
  expect(
    files.some((entry) => entry === file || file.startsWith(`${entry}/`)),
    file,
  ).toBe(true);
  const anchors = [...readFileSync(file, 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, anchor]) => anchor);
  for (const code of codes) {
    page.hash = code;
    expect(new ReaderError(code).url).toBe(page.href);
    expect(anchors.filter((anchor) => anchor === code)).toHaveLength(1);
  }
  expect(anchors).toEqual(expect.arrayContaining(cases));
});

test('an error has its summary apart from its detail', () => {
  for (const code of Object.keys(readerErrors) as ReaderErrorCode[]) {
    const { message, summary, detail } = new ReaderError(code, { detail: 'It is a test.' });
    expect(summary).toBe(readerErrors[code].message);
    expect(message).toBe(`${summary} ${detail}`);
    expect(new ReaderError(code).message).toBe(summary);
  }
});
