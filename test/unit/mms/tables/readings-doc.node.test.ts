/**
 * `docs/readings.md` is written from the tables. After a change: `npx vitest run test/unit/mms/tables/readings-doc -u`.
 */
import { expect, test } from 'vitest';
import { format } from 'prettier';
import { bitFields } from '../../../../src/mms/emv/bits.js';
import { codes } from '../../../../src/mms/emv/codes.js';
import { kernelTags } from '../../../../src/mms/emv/kernel.js';
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

const words = Object.entries(codes).flatMap(([tag, texts]) =>
  Object.entries(texts).map(([code, text]) => row(tag, Number(code).toString(16).toUpperCase().padStart(2, '0'), text)),
);

/** Schemes whose cards use a kernel (EMV Contactless Book B, table 3-6). */
const kernelNames: Readonly<Record<string, string>> = {
  2: 'C-2, Mastercard',
  3: 'C-3, Visa',
  4: 'C-4, American Express',
  5: 'C-5, JCB',
};

const ofKernels = Object.entries(kernelTags).flatMap(([tag, kernels]) =>
  Object.entries(kernels).map(([kernel, { name }]) => row(tag, kernelNames[kernel] as string, name)),
);

const kernelBits = Object.entries(kernelTags).flatMap(([tag, kernels]) =>
  Object.values(kernels).flatMap(({ bits: fields = [] }) =>
    fields.flatMap((texts, byte) => texts.map((text, at) => row(tag, String(byte + 1), String(8 - at), text))),
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
    '## Codes',
    '',
    'ISO 8583 (9C, 9F39), EMV 4.4 Book 4, annex A1 (9F35), and the reader’s own.',
    '',
    row('tag', 'code', 'meaning'),
    row('---', '---', '---'),
    ...words,
    '',
    '## Tags that depend on the kernel',
    '',
    'EMV Contactless Books C-2 to C-5. The kernel follows from the application that the same list, or the list around it, names in 4F,',
    '84 or 9F06. Without it these tags are shown as bytes.',
    '',
    row('tag', 'book', 'name'),
    row('---', '---', '---'),
    ...ofKernels,
    '',
    'Bits of 9F6E in Book C-4:',
    '',
    row('tag', 'byte', 'bit', 'meaning'),
    row('---', '---', '---', '---'),
    ...kernelBits,
    '',
    '## Other readings',
    '',
    '| tags | read as | source |',
    '| --- | --- | --- |',
    '| 9F02, 9F03, DF2A, DF5D, DF5E, 9F5D of six bytes | amount in the currency of 5F2A beside it; its digits without one | EMV 4.4 Book 3, annex A |',
    '| 5F2A, 9F42, 9F3C | currency | ISO 4217 |',
    '| 9F1A, 5F28 | country | ISO 3166-1 |',
    '| 9A, 5F25, 9F21 | date and time, where it exists | EMV 4.4 Book 4 |',
    '| 8A | response code | EMV 4.4 Book 4, annex A6; ISO 8583 |',
    '| 8C, 8D, 97, 9F38, 9F49, 9F4F | list of tags with lengths | EMV 4.4 Book 3, 5.4 |',
    '| 8E | verification methods in their order, with conditions | EMV 4.4 Book 3, 10.5 and annex C3 |',
    '| 9F34 | verification method, condition, result | EMV 4.4 Book 4, annex A4 |',
    '| 9F27 | cryptogram, advice, reason | EMV 4.4 Book 3, tables 14 and 15 |',
    '| 9F10 | parts, in the common core definitions and in the formats of Visa and Mastercard | EMV 4.4 Book 3, annex C9; VIS 1.6, appendix F; M/Chip |',
    '| 9F11, 9F12 | alphabet, and the name in it | EMV 4.4 Book 4, annex B; ISO/IEC 8859 |',
    '| 9F5D of three bytes | versions and abilities | Book C-2, A.1 |',
    '| 9F6E | parts by kernel | Books C-2, A.1; C-3, A.2; C-4, 4.3.4 |',
    '',
  ].join('\n');
  await expect(await format(page, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot(
    '../../../../docs/readings.md',
  );
});
