/**
 * Entry `magtek-elements/cdn/magtek-elements.js`: loads the code of the tags that are in the page, and of those that come later, from
 * beside itself. A module that imports it goes on when the tags that are there now are defined.
 */
import { VERSION } from '../version.js';
import { Loader, type WatchedRoot } from './loader.js';
import { parts } from './parts.js';

/** The loader of a page, as other copies of it find it. */
interface Owner {
  readonly version: string;
  readonly watch: (root: WatchedRoot) => () => void;
  readonly load: (...tags: readonly string[]) => Promise<void>;
  readonly settled: () => Promise<void>;
}

/** The first loader of a page loads everything: two versions of the elements would otherwise come in whatever order. */
const KEY = Symbol.for('magtek-elements/loader');
const place = globalThis as { [KEY]?: Owner | undefined };

const loader = new Loader(parts);
const owner = (place[KEY] ??= { version: VERSION, watch: loader.watch, load: loader.load, settled: loader.settled });
if (owner.version !== VERSION) {
  console.warn(`magtek-elements is loaded already, in version ${owner.version}; version ${VERSION} is not used.`);
}

/** Loads what the tags in a shadow root need, now and later, until the returned function is called. */
export const watch: (root: Document | ShadowRoot) => () => void = owner.watch;

/**
 * Loads the code of tags, whether they are in the page or not, and resolves when they are defined.
 * @throws {RangeError} for a tag that this package does not have.
 * @throws {TypeError} where the code cannot be loaded; tags in the page are tried again.
 */
export const load: (...tags: readonly string[]) => Promise<void> = owner.load;

export { VERSION } from '../version.js';

// Not where pages are rendered by a server.
if (typeof document !== 'undefined') {
  watch(document);
  await owner.settled();
}
