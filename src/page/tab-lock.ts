/**
 * Lock between the tabs of a browser: one tab has a reader at a time. Tabs learn of each other through Web Locks and ask for room through
 * a BroadcastChannel; where the platform has neither, nobody is asked.
 * It does not know connections, only names.
 */

import { isSaleName } from '../connection/held-names.js';

export interface TabLockOptions {
  /** Asks the tab that has it to make room, and takes it by force from one that does not answer. */
  readonly takeOver: boolean;
  /** Whether this tab must not be asked to make room now. */
  readonly isBusy: () => boolean;
  /** Another tab takes it: ends what it is for; it is given up when that has ended. */
  readonly makeRoom: () => Promise<void>;
}

/** A lock that this tab has. */
export interface TabLock {
  /** Gives it up; resolves when another tab can have it. */
  release(): Promise<void>;
}

/** Why a lock cannot be had. */
export type TabLockRefusal = 'taken' | 'busy';

/** Milliseconds for another tab to answer or to make room: one that is frozen never does. */
const PATIENCE = 3_000;

const MAKE_ROOM = 'make-room';
const BUSY = 'busy';

/** Milliseconds for a page that is being left to give up what it has: the next page begins before that has arrived. */
const LEAVING = 500;

const NO_LOCK: TabLock = { release: () => Promise.resolve() };

/** Takes the lock of a name, or says why not. */
export async function takeTabLock(name: string, options: TabLockOptions): Promise<TabLock | TabLockRefusal> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks || typeof BroadcastChannel === 'undefined') return NO_LOCK;
  try {
    const lock = await request(locks, name, { ifAvailable: true }, options);
    if (lock) return lock;
  } catch (cause) {
    // A frame without an origin of its own may have none, and shares the reader with nobody of this origin.
    if ((cause as Partial<Error> | null)?.name === 'SecurityError') return NO_LOCK;
    throw cause;
  }
  const waiting = request(locks, name, { signal: AbortSignal.timeout(LEAVING) }, options);
  const lock = await waiting.catch(() => undefined);
  if (lock) return lock;
  if (!options.takeOver) return 'taken';
  const answer = await askForRoom(locks, name, options);
  if (answer) return answer;
  // It may be too busy to answer; a sale is not cut off for that.
  if (await isSelling(locks, name)) return 'busy';
  return (await request(locks, name, { steal: true }, options)) ?? 'taken';
}

/** Whether the page that has a lock is in the middle of a sale, as the browser knows it: that page need not be able to answer. */
async function isSelling(locks: LockManager, name: string): Promise<boolean> {
  const { held = [] } = await locks.query();
  const holder = held.find((lock) => lock.name === name)?.clientId;
  return (
    holder !== undefined && held.some(({ clientId, name: other = '' }) => clientId === holder && isSaleName(other))
  );
}

/** Undefined where nobody answers. */
async function askForRoom(
  locks: LockManager,
  name: string,
  options: TabLockOptions,
): Promise<TabLock | 'busy' | undefined> {
  const channel = new BroadcastChannel(name);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const refused = new Promise<'busy'>((resolve) => {
    channel.onmessage = ({ data }) => {
      if (data === BUSY) resolve(BUSY);
    };
  });
  channel.postMessage(MAKE_ROOM);
  try {
    const waiting = request(locks, name, { signal: patience.signal }, options);
    const first = await Promise.race([waiting.catch(() => undefined), refused]);
    if (first === BUSY) patience.abort();
    return first;
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** Resolves with the lock when it is granted, and with undefined where it is not available. */
function request(
  locks: LockManager,
  name: string,
  how: LockOptions,
  { isBusy, makeRoom }: TabLockOptions,
): Promise<TabLock | undefined> {
  return new Promise((resolve, reject) => {
    let channel: BroadcastChannel | undefined;
    const over = locks.request(name, how, (lock) => {
      if (!lock) {
        resolve(undefined);
        return undefined;
      }
      return new Promise<void>((release) => {
        channel = new BroadcastChannel(name);
        channel.onmessage = ({ data }) => {
          if (data !== MAKE_ROOM) return;
          if (isBusy()) channel?.postMessage(BUSY);
          else void makeRoom();
        };
        resolve({
          release: () => {
            channel?.close();
            release();
            return over.then(
              () => undefined,
              () => undefined,
            );
          },
        });
      });
    });
    over.catch((cause: unknown) => {
      // Taken by force after it was granted: this tab did not answer in time.
      if (channel) void makeRoom();
      else reject(cause instanceof Error ? cause : new Error(String(cause)));
    });
  });
}
