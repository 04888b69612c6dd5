/**
 * One tab for one model of reader on USB or a serial port: the browser lets every page open the same device and gives all of
 * them all that it says, so that the commands of two would mix and each would hear the cards of the other. Two readers of
 * one model cannot be told apart before they are open, so a tab has all readers of a model or none.
 * It does not know how devices are opened.
 */
import type { Claim } from '../transports/device-transport.js';
import { elsewhere } from './exclusive-transport.js';
import { takeTabLock, type TabLock } from './tab-lock.js';

/** One who uses a device. */
interface Holder {
  readonly isBusy: () => boolean;
  readonly makeRoom: () => void;
}

interface Claimed {
  readonly holders: Set<Holder>;
  readonly lock: Promise<TabLock | 'taken' | 'busy'>;
}

/** Shared by all copies of this package in a page. */
const KEY = Symbol.for('magtek-elements/claimed-devices');

const claimedDevices = (): Map<string, Claimed> => {
  const place = globalThis as Record<symbol, Map<string, Claimed> | undefined>;
  return (place[KEY] ??= new Map<string, Claimed>());
};

/** @param isBusy Whether another tab must not take the device over now. */
export function claimDevice(isBusy: () => boolean): Claim {
  return async (name, { takeOver = false }, makeRoom) => {
    const all = claimedDevices();
    const holder: Holder = { isBusy, makeRoom };
    const claimed = all.get(name) ?? claim(name, takeOver);
    all.set(name, claimed);
    claimed.holders.add(holder);
    const lock = await claimed.lock;
    if (typeof lock === 'string') {
      if (all.get(name) === claimed) all.delete(name);
      throw elsewhere(lock);
    }
    return () => {
      if (!claimed.holders.delete(holder) || claimed.holders.size > 0) return;
      if (all.get(name) === claimed) all.delete(name);
      void lock.release();
    };
  };
}

function claim(name: string, takeOver: boolean): Claimed {
  const holders = new Set<Holder>();
  const lock = takeTabLock(`magtek-elements/${name}`, {
    takeOver,
    isBusy: () => [...holders].some((holder) => holder.isBusy()),
    makeRoom: () => {
      for (const { makeRoom } of [...holders]) makeRoom();
      return Promise.resolve();
    },
  });
  return { holders, lock };
}
