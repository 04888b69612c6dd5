/** Virtual rows: which are rendered, and that nothing that is read moves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowWindow, rowOfKey } from '../../../../src/elements/rows/row-window.js';

const ROW = 20;
const VIEW = 200;

function windowOf(): RowWindow {
  const place = new RowWindow(true);
  expect(place.resize(ROW, VIEW)).toBe(true);
  return place;
}

const at = (scrollTop: number, length: number) => ({ scrollTop, scrollHeight: length * ROW, clientHeight: VIEW });

describe('a window of rows', () => {
  test('renders every row that can be seen, and few more, wherever the list is scrolled to', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(1000), (length, part) => {
        const place = windowOf();
        const most = Math.max(length * ROW - VIEW, 0);
        const scrollTop = Math.floor((most * part) / 1000);
        place.scrolled(at(scrollTop, length));
        const first = place.first(length);
        const count = place.count(length);
        expect(first).toBeLessThanOrEqual(Math.floor(scrollTop / ROW));
        expect(first + count).toBeGreaterThanOrEqual(Math.min(Math.ceil((scrollTop + VIEW) / ROW), length));
        expect(count).toBeLessThanOrEqual(VIEW / ROW + 20);
        expect(first + count).toBeLessThanOrEqual(length);
      }),
    );
  });

  test('follows the end until it is scrolled up, and again once it is scrolled down', () => {
    const place = windowOf();
    expect(place.settle(at(0, 50))).toBe(50 * ROW);
    place.scrolled(at(100, 50));
    expect([place.followsEnd, place.settle(at(100, 60))]).toEqual([false, undefined]);
    place.scrolled(at(60 * ROW - VIEW, 60));
    expect(place.followsEnd).toBe(true);
  });

  test('follows the end of a list that becomes lower, which nobody has scrolled up', () => {
    const place = windowOf();
    expect(place.settle(at(0, 50))).toBe(50 * ROW);
    const end = 50 * ROW - VIEW;
    // The list was scrolled to its end; when that is told it is half as high.
    place.scrolled({ ...at(end, 50), clientHeight: VIEW / 2 });
    expect(place.followsEnd).toBe(true);
    // More rows have come when the person has scrolled up a little.
    place.settle(at(end, 90));
    place.scrolled(at(90 * ROW - VIEW - 2 * ROW, 90));
    expect(place.followsEnd).toBe(false);
  });

  test('moves with what is read when rows go at the top, once', () => {
    const place = windowOf();
    place.scrolled(at(5000, 1000));
    const before = place.first(1000);
    place.dropped(30);
    expect(place.first(1000)).toBe(before - 30);
    expect(place.settle(at(5000, 1000))).toBe(5000 - 30 * ROW);
    expect(place.settle(at(5000, 1000))).toBeUndefined();
    place.dropped(1000);
    expect(place.settle(at(5000, 1000))).toBe(0);
  });

  test('scrolls no further than needed to show a row', () => {
    const place = windowOf();
    const state = at(400, 1000);
    expect(place.reveal(25, state, ROW)).toBeUndefined();
    expect(place.reveal(10, state, ROW)).toBe(200);
    const top = place.reveal(40, state, ROW) ?? NaN;
    // The row ends where the view ends; a heading takes a row of the view.
    expect(40 * ROW + ROW + ROW).toBe(top + VIEW);
  });

  test('tells when a size is new, and ignores one that is not drawn', () => {
    const place = windowOf();
    expect([place.resize(ROW, VIEW), place.resize(0, 0), place.resize(ROW, VIEW + 1)]).toEqual([false, false, true]);
  });
});

describe('a key', () => {
  test.each([
    ['ArrowDown', 4, 5],
    ['ArrowUp', 4, 3],
    ['PageDown', 4, 12],
    ['PageUp', 4, -4],
    ['Home', 4, 0],
    ['End', 4, 99],
    ['ArrowDown', undefined, 0],
    ['ArrowUp', undefined, 99],
    ['x', 4, undefined],
  ] as const)('%s from %s goes to %s', (key, current, expected) => {
    expect(rowOfKey(key, current, 99, 8)).toBe(expected);
  });
});
