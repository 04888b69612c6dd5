/**
 * `docs/readings.md` is written from the tables. After a change: `npx vitest run test/unit/mms/tables/readings-doc -u`.
 */
import { expect, test } from 'vitest';
import { format } from 'prettier';
import { bitFields } from '../../../../src/mms/emv/bits.js';
import { tagTable, tagInfo } from '../../../../src/mms/tables/tags.js';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tags = Object.keys(tagTable)
  .sort()
  .map((tag) => {
    const { name, format: form, sources, sensitive } = tagInfo(tag) as NonNullable<ReturnType<typeof tagInfo>>;
    return row(tag, name, form, sensitive ? 'hidden' : '', sources);
  });

const bits = Object.entries(bitFields).flatMap(([tag, bytes]) =>
  bytes.flatMap((texts, byte) =>
    texts.flatMap((text, at) => (text === '' ? [] : [row(tag, String(byte + 1), String(8 - at), text)])),
  ),
);

test('every tag and bit that is read is documented with its source', async () => {
  const page = [
    '# Tags and bits',
    '',
    'Written from the tables of the code: what card data and EMV objects are read as. The keys of the sources are explained in',
    '[The protocol](protocol.md). A hidden value never reaches the log; inside card data all that is not known to be harmless is',
    'hidden as well.',
    '',
    '## Tags',
    '',
    row('tag', 'name', 'format', 'shown', 'sources'),
    row('---', '---', '---', '---', '---'),
    ...tags,
    '',
    '## Bits',
    '',
    'EMV 4.4 Book 3, annex C; Book 4, annex A; Contactless Books A, C-2 and C-3. 9F0D, 9F0E and 9F0F have the bits of 95.',
    '',
    row('tag', 'byte', 'bit', 'meaning'),
    row('---', '---', '---', '---'),
    ...bits,
    '',
  ].join('\n');
  await expect(await format(page, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot(
    '../../../../docs/readings.md',
  );
});
