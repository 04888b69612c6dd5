/** Taking a reader over from a tab that does not answer: one whose main thread is busy keeps it while it sells. */
import { afterEach, expect, test, vi } from 'vitest';
import { saleName } from '../../../src/connection/held-names.js';
import { takeTabLock } from '../../../src/page/tab-lock.js';

const NAME = 'magtek-elements/wss://reader.example/';

interface Held {
  readonly name: string;
  readonly clientId: string;
}

/** The locks of a browser, in which another tab holds some and never lets go. */
function locksOf(others: readonly Held[]) {
  const held = new Map(others.map((lock) => [lock.name, lock]));
  let steals = 0;
  return {
    steals: () => steals,
    query: () => Promise.resolve({ held: [...held.values()] }),
    request: (name: string, options: LockOptions, callback: (lock: object | null) => unknown) =>
      new Promise<void>((resolve, reject) => {
        if (options.steal) {
          steals++;
          held.delete(name);
        }
        if (!held.has(name)) {
          held.set(name, { name, clientId: 'this tab' });
          void Promise.resolve(callback({ name })).then(() => {
            held.delete(name);
            resolve();
          });
        } else if (options.ifAvailable) {
          callback(null);
          resolve();
        } else
          options.signal?.addEventListener('abort', () => {
            reject(new DOMException('gave up', 'AbortError'));
          });
      }),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const options = { takeOver: true, isBusy: () => false, makeRoom: () => Promise.resolve() };

test('a tab in the middle of a sale that is too busy to answer keeps the reader', { timeout: 20_000 }, async () => {
  const locks = locksOf([
    { name: NAME, clientId: 'other tab' },
    { name: saleName('x'), clientId: 'other tab' },
  ]);
  vi.stubGlobal('navigator', { locks });
  expect(await takeTabLock(NAME, options)).toBe('busy');
  expect(locks.steals()).toBe(0);
});

test('one that does not answer and sells nothing loses it, whoever else is selling', { timeout: 20_000 }, async () => {
  const locks = locksOf([
    { name: NAME, clientId: 'other tab' },
    { name: saleName('x'), clientId: 'third tab' },
  ]);
  vi.stubGlobal('navigator', { locks });
  const lock = await takeTabLock(NAME, options);
  expect(lock).toHaveProperty('release');
  expect(locks.steals()).toBe(1);
  if (typeof lock === 'object') await lock.release();
});
