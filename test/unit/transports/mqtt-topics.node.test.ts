/** The topics of readers at a broker. */
import { describe, expect, it } from 'vitest';
import {
  ALL_READERS,
  isMatch,
  pathOfStatus,
  presenceOf,
  readerTopics,
  statusFilter,
} from '../../../src/transports/mqtt-topics.js';

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

describe('the topics of a reader that is set to others', () => {
  it('have its path where the pattern says', () => {
    expect(readerTopics(PATH, { command: 'to/{device}', status: 'there' })).toEqual({
      path: PATH,
      command: `to/${PATH}`,
      message: `${PATH}/MMSMessage`,
      status: 'there',
    });
    expect(readerTopics('a$&b', { command: 'to/{device}' }).command).toBe('to/a$&b');
  });

  it.each([{ command: '' }, { message: '{device}/+' }, { status: '{device}/SendCommand' }])(
    'are refused for %j',
    (topics) => {
      expect(() => readerTopics(PATH, topics)).toThrow(expect.objectContaining({ code: 'bad-address' }));
    },
  );

  it('are found by their status', () => {
    const status = { status: 'there/{device}/now' };
    expect(statusFilter('Shop/+', status)).toBe('there/Shop/+/now');
    expect(pathOfStatus('there/Shop/1/now', status)).toBe('Shop/1');
    expect(['there/now', 'x/Shop/1/now', 'there/Shop/1'].map((topic) => pathOfStatus(topic, status))).toEqual(
      Array(3).fill(undefined),
    );
    expect(pathOfStatus('there', { status: 'there' })).toBeUndefined();
  });
});

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/+/c', 'a/b/c', true],
  ['a/+/c', 'a/b/d', false],
  ['a/+', 'a/b/c', false],
  ['a/#', 'a/b/c', true],
  ['a/#', 'a', true],
  ['a/#', 'b/c', false],
])('%s names %s: %s', (filter, topic, expected) => {
  expect(isMatch(filter, topic)).toBe(expected);
});

it.each([
  ['connected', 'present'],
  ['Connected ', 'present'],
  ['DISCONNECTED', 'absent'],
  ['', 'unknown'],
  ['not connected', 'unknown'],
])('the status “%s” says %s', (status, presence) => {
  expect(presenceOf(status)).toBe(presence);
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
