/**
 * What the client needs of the place where it runs, injected so that tests can stand in for a browser.
 * It does not know the DOM: elements bring what only a page has.
 */
import { toHex } from '../mms/hex.js';
import type { Destination } from '../transports/transport.js';

/** Removes the listener again; further calls do nothing. */
export type Unsubscribe = () => void;

/** A running timer, as the environment's own `setTimeout` returns it. */
export type TimerHandle = unknown;

/** What is used of a browser's session storage. */
export interface ReaderStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Whether a browser lets the page reach a device of the local network: `prompt` means that it would ask the person, and
 * `unknown` that it does not tell, or asks nobody.
 */
export type LocalNetworkPermission = 'granted' | 'prompt' | 'denied' | 'unknown';

export interface Environment {
  /** Milliseconds since 1970 with fractions, never going backwards. */
  now(): number;
  /** Calls `callback` once after `milliseconds`. */
  setTimeout(callback: () => void, milliseconds: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
  /** A number from 0 up to but not including 1. */
  random(): number;
  /** Whether the page is visible: timers of hidden pages are throttled, so nothing is concluded from them. */
  isVisible(): boolean;
  /** Whether there is a network, as far as the platform knows. */
  isOnline(): boolean;
  /** Whether the page was loaded over https, so that it may not open unencrypted connections. Absent means no. */
  isSecurePage?(): boolean;
  /** Whether the page may reach a destination; absent where nobody asks. Never makes the browser ask. */
  localNetworkPermission?(destination: Destination): Promise<LocalNetworkPermission>;
  /** Calls `listener` when {@link isVisible} or {@link isOnline} may have changed. */
  onChange(listener: () => void): Unsubscribe;
  /** A text that nobody else has: an id for a sale that was given none. */
  uniqueId(): string;
  /** Keeps sales without an outcome over a reload; absent where nothing can be kept. */
  readonly storage?: ReaderStorage;
  /** Keeps the screen on until the returned function is called; absent where that is not possible. */
  keepAwake?(): () => void;
}

/** The clock and timers of the platform, the same in browsers and in Node; always visible and online. */
export const systemEnvironment: Environment = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
  random: () => Math.random(),
  isVisible: () => true,
  isOnline: () => true,
  onChange: () => () => undefined,
  uniqueId: () => toHex(crypto.getRandomValues(new Uint8Array(16))),
};
