/** The tags in pages without a browser, in which shops run their own tests: using them throws nothing, and a sale can be made. */
import { expect, test } from 'vitest';
import { tags } from '../../../support/pages.js';
import { renderEveryTag, sell } from './sale.js';

test('every tag is rendered', async () => {
  expect(await renderEveryTag()).toEqual([...tags].sort());
});

test('a sale fills its form', sell);
