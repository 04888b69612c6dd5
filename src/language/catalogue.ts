/**
 * The words of every language but English: languages of this package are loaded when a page first asks for them, and a page
 * can bring its own.
 */
import type { OwnWords, WordKey, Words } from './words.js';

const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  de: async () => (await import('./german.js')).german,
  es: async () => (await import('./spanish.js')).spanish,
  fr: async () => (await import('./french.js')).french,
};

/** Names a text or one of its plural forms. */
type FormKey = keyof OwnWords;

/** What was loaded of each language, by its tag in lower case. */
const known = new Map<string, OwnWords>();
/** What pages brought; it goes before all else. */
const brought = new Map<string, OwnWords>();
const loading = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

/**
 * Brings words of the page’s own: another wording, or a language that this package does not have. They hold for all elements
 * from now on; what is not given keeps the words it had.
 *
 * @param language A language tag such as `de`, `pt-BR` or `ar`.
 */
export function defineWords(language: string, words: OwnWords): void {
  const tag = language.toLowerCase();
  brought.set(tag, { ...brought.get(tag), ...words });
  tell();
}

/** Loads the words of a language, so that they are there when the first element is shown. English needs none. */
export async function loadWords(language: string): Promise<void> {
  await Promise.all(tagsOf(language).map(load));
}

/**
 * A text in a language, or in the nearest one that has it: `de-AT`, `de`, what a page has brought as `en`. Undefined where the
 * English of the package is to be used. What is not loaded yet is asked for.
 */
export function findWord(language: string, key: WordKey | FormKey): string | undefined {
  for (const tag of tagsOf(language)) {
    const found = brought.get(tag)?.[key] ?? known.get(tag)?.[key];
    if (found !== undefined) return found;
    void load(tag);
  }
  return brought.get('en')?.[key];
}

/** Calls `listener` when words have come, until the returned function is called. */
export function onWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The tag itself and what it is a variety of: `de-at`, `de`. */
function tagsOf(language: string): string[] {
  const parts = language.toLowerCase().split('-');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

function load(tag: string): Promise<void> {
  const loader = Object.hasOwn(loaders, tag) ? loaders[tag] : undefined;
  if (!loader || known.has(tag)) return Promise.resolve();
  let promise = loading.get(tag);
  if (!promise) {
    promise = loader().then(
      (words) => {
        known.set(tag, words);
        tell();
      },
      // Without them the elements speak English; the next text asks for them again.
      () => {
        loading.delete(tag);
      },
    );
    loading.set(tag, promise);
  }
  return promise;
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}
