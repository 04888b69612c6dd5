import { expect, test } from 'vitest';
import { isContainerTag, isSensitiveTag } from '../../../../src/mms/tables/tag-classes.js';
import { tagInfo, tagTable } from '../../../../src/mms/tables/tags.js';

const isConstructed = (tag: string): boolean => (parseInt(tag.slice(0, 2), 16) & 0x20) !== 0;

test('containers are the tags that BER calls constructed, and only they have no format of their own', () => {
  for (const [tag, [name, format]] of Object.entries(tagTable)) {
    expect([name, isContainerTag(tag)]).toEqual([name, isConstructed(tag)]);
    expect([name, format === '']).toEqual([name, isConstructed(tag)]);
  }
});

test('tells what is known of a tag', () => {
  expect(tagInfo('5A')).toEqual({ name: 'Primary account number', format: 'cn ..10', sensitive: true, sources: 'EMV' });
  expect(tagInfo('F9')).toMatchObject({ format: 'constructed', sensitive: false });
  expect(tagInfo('DFDF7F')).toBeUndefined();
});

test.each(['57', '5A', '56', '9F6B', '9F1F', '9F20', 'DF812A', 'DF812B', '5F24', '5F20', '9F0B', '5F30', '99', 'F5'])(
  'tag %s is sensitive',
  (tag) => {
    expect(isSensitiveTag(tag)).toBe(true);
  },
);

test('tags of amounts and results are not sensitive', () => {
  for (const tag of ['9F02', '5F2A', '95', '9B', 'DFDF1A']) expect(isSensitiveTag(tag)).toBe(false);
});
