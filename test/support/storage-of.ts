/** A storage for the environment of a client, over a map that the test can look into. */
import type { ReaderStorage } from '../../src/connection/environment.js';

export const storageOf = (items = new Map<string, string>()): ReaderStorage => ({
  get length() {
    return items.size;
  },
  key: (index) => [...items.keys()][index] ?? null,
  getItem: (key) => items.get(key) ?? null,
  setItem: (key, value) => void items.set(key, value),
  removeItem: (key) => void items.delete(key),
});
