/**
 * Bundlers leave out what a page does not use. It looks at what `npm run build` made.
 */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as classes from '../../../src/classes.js';

interface Chunk {
  readonly code: string;
  readonly isInitial: boolean;
}

let bundle: (code: string) => Promise<Chunk[]>;

beforeAll(async () => {
  ({ bundle } = (await import(path.resolve(import.meta.dirname, '../../../tools/bundle.mjs'))) as {
    bundle: typeof bundle;
  });
});

const codeOf = async (code: string): Promise<string> => (await bundle(code)).map((chunk) => chunk.code).join('\n');

const entries = ['classes', 'client', 'mms', 'simulator'];

describe('an entry without side effects', () => {
  test.each(entries)('%s leaves nothing behind when nothing of it is used', async (entry) => {
    expect((await codeOf(`import * as all from 'magtek-elements/${entry}';`)).trim()).toBe('');
  });

  test('every class that is imported and not used goes', async () => {
    const names = Object.keys(classes).filter((name) => name.startsWith('Magtek'));
    expect(names).toContain('MagtekReader');
    expect((await codeOf(`import { ${names.join(', ')} } from 'magtek-elements/classes';`)).trim()).toBe('');
  });
});

test('an element brings no other element', async () => {
  const code = await codeOf(`export { MagtekStatus } from 'magtek-elements/classes';`);
  expect(code).toContain('No reader');
  expect(code).not.toContain('SIMULATED READER');
  expect(code).not.toContain('Search commands');
});

test('the codec brings no Lit and no client', async () => {
  const code = await codeOf(`export { decodeMessage, describe, redact } from 'magtek-elements/mms';`);
  expect(code).not.toContain('litElementVersions');
  expect(code).not.toContain('WebSocket(');
});

test('a page that registers the reader loads the library of brokers only when it is asked for', async () => {
  const chunks = await bundle(`import 'magtek-elements/elements/reader';`);
  const hasLibrary = ({ code }: Chunk): boolean => code.includes('reconnectPeriod');
  expect(chunks.filter(hasLibrary).map(({ isInitial }) => isInitial)).toEqual([false]);
});

test('a page that registers the reader loads the simulated one only when it is asked for', async () => {
  const chunks = await bundle(`import 'magtek-elements/elements/reader';`);
  const hasCards = ({ code }: Chunk): boolean => code.includes('4111111111111111');
  expect(chunks.filter(hasCards).map(({ isInitial }) => isInitial)).toEqual([false]);
});
