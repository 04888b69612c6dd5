/** A storage for the environment of a client, over a map that the test can look into. */
import type { ReaderStorage } from '../../src/connection/environment.js';

export const storageOf = (items = new Map<string, string>()): ReaderStorage => ({
  getItem: (key) => items.get(key) ?? null,
  setItem: (key, value) => void items.set(key, value),
  removeItem: (key) => void items.delete(key),
});
