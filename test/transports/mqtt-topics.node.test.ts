/** The topics of readers at a broker. */
import { describe, expect, it } from 'vitest';
import { ALL_READERS, pathOfStatus, readerTopics, statusFilter } from '../../src/transports/mqtt-topics.js';

const PATH = 'MagTek/Shop12/DynaFlexIIPED/B571AF2';

describe('the topics of a reader', () => {
  it('stand below its path', () => {
    expect(readerTopics(PATH)).toEqual({
      path: PATH,
      command: `${PATH}/SendCommand`,
      message: `${PATH}/MMSMessage`,
      status: `${PATH}/Status`,
    });
  });

  it.each(['', '/', '/a', 'a/', 'a/+', 'a/#', 'a\0b', 'x'.repeat(60_001)])('are refused for %j', (path) => {
    expect(() => readerTopics(path)).toThrow(expect.objectContaining({ code: 'bad-address' }));
  });
});

describe('the filter for many readers', () => {
  it('takes + for whole levels', () => {
    expect(statusFilter(ALL_READERS)).toBe('MagTek/+/+/+/Status');
    expect(statusFilter('MagTek/Shop12/+/+')).toBe('MagTek/Shop12/+/+/Status');
  });

  it.each(['', 'MagTek/#', 'MagTek/a+/b', 'MagTek/++'])('refuses %j', (paths) => {
    expect(() => statusFilter(paths)).toThrow(expect.objectContaining({ code: 'bad-address' }));
  });
});

it('finds the path of a reader in its status topic, and none in another', () => {
  expect(pathOfStatus(`${PATH}/Status`)).toBe(PATH);
  expect(pathOfStatus(`${PATH}/MMSMessage`)).toBeUndefined();
});
