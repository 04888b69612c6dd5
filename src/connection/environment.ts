/**
 * Everything a client needs of the place where it runs, injected so that tests can stand in for a browser. It must not name
 * the DOM: `page/` brings what only a page has.
 */
import { toHex } from '../mms/hex.js';
import type { Destination } from '../transports/transport.js';

/** Removes the listener again; further calls do nothing. */
export type Unsubscribe = () => void;

/** A running timer, as the environment's own `setTimeout` returns it. */
export type TimerHandle = unknown;

/**
 * What is used of a browser's storage. {@link length} and {@link key} list its names, as Web Storage does it: a storage that more
 * than one page uses at the same time has both, or what one page writes may undo what another has written at that moment.
 */
export interface ReaderStorage {
  /** How many names there are. */
  readonly length?: number;
  /** The name at an index from 0, in any order that stays while nothing is written; null behind the last. */
  key?(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * The browser's setting for devices of the local network: `prompt` means that it asks the person where it asks at all,
 * `not-delegated` that the frame or policy around the page withholds the permission, and `unknown` that it does not say, or
 * that no question can come. It is the setting, not a statement about one connection: in each of these states a browser may
 * open it without asking anybody.
 */
export type LocalNetworkPermission = 'granted' | 'prompt' | 'denied' | 'not-delegated' | 'unknown';

/** Watches whether the page's own content security policy forbids a connection. */
export interface PolicyWatch {
  /** The directive that forbade it, such as `connect-src`; undefined where none did. Waits a moment for the browser to say so. */
  violated(): Promise<string | undefined>;
  stop(): void;
}

/** What a person does to the page as a whole. */
export interface PresenceListener {
  /** The page is left or frozen: whatever it holds must be given up before this returns. */
  left(): void;
  /** The same page is used again: it came back from the browser's cache, or is not frozen any more. */
  returned(): void;
}

export interface Environment {
  /**
   * Milliseconds with fractions, never going backwards: for durations. It may stand still while the device sleeps, and begins
   * with whatever the clock said when the page was loaded.
   */
  now(): number;
  /** Milliseconds since 1970 as the clock of the device has them now; absent where {@link now} is as good. */
  date?(): number;
  /** Calls `callback` once after `milliseconds`. */
  setTimeout(callback: () => void, milliseconds: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
  /** A number from 0 up to but not including 1. */
  random(): number;
  /** Whether the page is visible: timers of hidden pages are throttled, so nothing is concluded from them. */
  isVisible(): boolean;
  /** Whether there is a network, as far as the platform knows. */
  isOnline(): boolean;
  /** The browser's setting for a destination; absent where nobody asks. Never makes the browser ask. */
  localNetworkPermission?(destination: Destination): Promise<LocalNetworkPermission>;
  /** Calls `listener` when {@link localNetworkPermission} may say something else for a destination. */
  onPermissionChange?(destination: Destination, listener: () => void): Unsubscribe;
  /** Watches for a policy of the page that forbids a destination; absent where there are no such policies. */
  watchPolicy?(destination: Destination): PolicyWatch;
  /**
   * Whether a host that could not be connected to answers at all: `trusted` over TLS that the browser trusts, `untrusted`
   * without TLS only; undefined where nothing can be said. Never makes the browser ask.
   */
  probeHost?(destination: Destination): Promise<'trusted' | 'untrusted' | undefined>;
  /** Calls `listener` when the page is left and when it is used again. */
  onPresence?(listener: PresenceListener): Unsubscribe;
  /** Calls `listener` when {@link isVisible} or {@link isOnline} may have changed. */
  onChange(listener: () => void): Unsubscribe;
  /** A text that nobody else has: an id for a sale that was given none. */
  uniqueId(): string;
  /** Kept over a reload, for this tab; absent where nothing can be kept. */
  readonly storage?: ReaderStorage;
  /** Shared by all tabs, over sessions: opened destinations, sales without an outcome; absent where nothing can be kept. */
  readonly lastingStorage?: ReaderStorage;
  /**
   * Holds a name among all pages that share {@link lastingStorage}, until the returned function is called or the page is gone,
   * also where it crashes; absent where pages cannot know of each other. Those who want the same name get it one after the other:
   * `taken` is called when it is held, and where it cannot be found out who holds it.
   */
  hold?(name: string, taken?: () => void): Unsubscribe;
  /** Resolves when nobody holds the name any more; present where {@link hold} is. */
  whenFree?(name: string): Promise<void>;
  /** Calls `listener` when another page has changed {@link lastingStorage}, with the name that changed; without one, any may have. */
  onStored?(listener: (key?: string | null) => void): Unsubscribe;
  /** A text that names this tab, over reloads; absent where there are no tabs. */
  tabName?(): string;
  /** Keeps the screen on until the returned function is called; absent where that is not possible. */
  keepAwake?(): () => void;
}

/** When something happens, in milliseconds since 1970. */
export const timeIn = (environment: Environment): number => environment.date?.() ?? environment.now();

/** The clock and timers of the platform, the same in browsers and in Node; always visible and online. */
export const systemEnvironment: Environment = {
  now: () => performance.timeOrigin + performance.now(),
  date: () => Date.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  random: () => Math.random(),
  isVisible: () => true,
  isOnline: () => true,
  onChange: () => () => undefined,
  uniqueId: () => toHex(crypto.getRandomValues(new Uint8Array(16))),
};
