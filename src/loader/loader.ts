/**
 * Finds tags in a page and loads their code: the tags that are there, those that come later, and those in shadow roots that opt in.
 * A tag whose code cannot be loaded says so in its place, and is tried again.
 * It does not know what the tags do, nor in which files their code is.
 */
import { canDefine } from '../elements/shared/can-define.js';
import { nearestLanguage } from '../language/nearest-language.js';
import { VERSION } from '../version.js';
import { missingPart } from './words.js';

/** On a host element: its open shadow root may hold tags too. */
export const SHADOW_ATTRIBUTE = 'data-magtek-elements';
/** On a tag whose code could not be loaded: what is shown in its place. Set and removed by the loader. */
export const ERROR_ATTRIBUTE = 'load-error';

/** Milliseconds until a part is tried again: doubled each time, up to the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

const ERROR_STYLE = `[${ERROR_ATTRIBUTE}]:not(:defined){display:block;visibility:visible}
[${ERROR_ATTRIBUTE}]:not(:defined)::before{content:attr(${ERROR_ATTRIBUTE});display:block;font:1rem/1.4 system-ui,sans-serif}`;

/** What is watched: a document, or a shadow root. */
export type WatchedRoot = Document | ShadowRoot;

export class Loader {
  private readonly parts: Readonly<Record<string, () => Promise<unknown>>>;
  private readonly stops = new Map<WatchedRoot, () => void>();
  /** Those of them that opted in; they are forgotten when their host leaves what is watched. */
  private readonly entered = new Set<ShadowRoot>();
  /** What is loading or was loaded, by tag. */
  private readonly loads = new Map<string, Promise<void>>();
  private readonly missing = new Set<string>();
  private wait = FIRST_WAIT;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param parts How the code of each tag is loaded; what loads it defines the tag. */
  constructor(parts: Readonly<Record<string, () => Promise<unknown>>>) {
    this.parts = parts;
  }

  /**
   * Loads what the tags in a document or shadow root need, now and later, until the returned function is called.
   * Watching the same root again changes nothing.
   */
  readonly watch = (root: WatchedRoot): (() => void) => {
    // Whoever asks for it by script decides when it ends.
    this.entered.delete(root as ShadowRoot);
    const known = this.stops.get(root);
    if (known) return known;
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'attributes') this.look(target as Element);
        for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) this.look(node as Element);
      }
      if (records.some(({ removedNodes }) => removedNodes.length > 0)) this.leave();
    });
    observer.observe(root, { childList: true, subtree: true, attributeFilter: [SHADOW_ATTRIBUTE] });
    const stop = (): void => {
      observer.disconnect();
      this.stops.delete(root);
      this.entered.delete(root as ShadowRoot);
    };
    this.stops.set(root, stop);
    this.look(root);
    return stop;
  };

  /**
   * Loads the code of tags, whether they are in the page or not.
   * @returns When they are defined.
   * @throws {RangeError} for a tag that this package does not have.
   * @throws the error of the browser where the code cannot be loaded; tags in the page are tried again.
   */
  readonly load = async (...tags: readonly string[]): Promise<void> => {
    const unknown = tags.find((tag) => !Object.hasOwn(this.parts, tag));
    if (unknown !== undefined) throw new RangeError(`magtek-elements has no tag “${unknown}”.`);
    await Promise.all(tags.map((tag) => this.once(tag)));
  };

  /** Resolves when all that is loading now is there, or has failed. */
  readonly settled = async (): Promise<void> => {
    await Promise.allSettled(this.loads.values());
  };

  /** Looks for tags in a place, and for hosts of shadow roots. */
  private look(place: WatchedRoot | Element): void {
    for (const element of found(place, this.selector())) {
      if (element.hasAttribute(SHADOW_ATTRIBUTE)) this.enter(element);
      const { localName: tag } = element;
      if (!Object.hasOwn(this.parts, tag)) continue;
      if (this.missing.has(tag)) mark(element);
      // Its failure is said in the page.
      else this.once(tag).catch(() => undefined);
    }
  }

  /** Finds what is not loaded yet. */
  private selector(): string {
    const waiting = Object.keys(this.parts).filter((tag) => !this.loads.has(tag));
    return [`[${SHADOW_ATTRIBUTE}]`, ...waiting].join();
  }

  /** Watches the shadow root of a host, which comes with its definition where there is none yet. */
  private enter(host: Element): void {
    if (host.shadowRoot) this.follow(host.shadowRoot);
    else if (host.localName.includes('-') && host.matches(':not(:defined)')) {
      void customElements.whenDefined(host.localName).then(() => {
        // A root that is made when the host is connected is there one step later.
        queueMicrotask(() => {
          if (host.shadowRoot) this.follow(host.shadowRoot);
        });
      });
    }
  }

  private follow(root: ShadowRoot): void {
    if (this.stops.has(root)) return;
    this.watch(root);
    this.entered.add(root);
  }

  /** Forgets the roots of hosts that are gone. When one comes back it is found again. */
  private leave(): void {
    const gone = [...this.entered].filter(
      ({ isConnected, host }) => !isConnected && !this.stops.has(host.getRootNode() as WatchedRoot),
    );
    for (const root of gone) this.stops.get(root)?.();
    // And those inside of them.
    if (gone.length > 0) this.leave();
  }

  private once(tag: string): Promise<void> {
    let load = this.loads.get(tag);
    if (!load) {
      load = this.loadNow(tag);
      this.loads.set(tag, load);
    }
    return load;
  }

  private async loadNow(tag: string): Promise<void> {
    try {
      if (canDefine(tag, { version: VERSION })) await this.parts[tag]?.();
      if (this.missing.delete(tag)) for (const element of this.all(tag)) element.removeAttribute(ERROR_ATTRIBUTE);
      if (this.missing.size === 0) this.wait = FIRST_WAIT;
    } catch (error) {
      this.loads.delete(tag);
      if (!this.missing.has(tag)) console.error(`<${tag}> could not be loaded; it is tried again.`, error);
      this.missing.add(tag);
      for (const element of this.all(tag)) mark(element);
      this.tryLater();
      throw error;
    }
  }

  private tryLater(): void {
    if (this.timer !== undefined) return;
    const again = (): void => {
      removeEventListener('online', again);
      clearTimeout(this.timer);
      this.timer = undefined;
      for (const tag of this.missing) this.once(tag).catch(() => undefined);
    };
    // At once when the network is back.
    addEventListener('online', again);
    this.timer = setTimeout(again, this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
  }

  private all(tag: string): Element[] {
    return [...this.stops.keys()].flatMap((root) => [...root.querySelectorAll(tag)]);
  }
}

function found(place: WatchedRoot | Element, selector: string): Element[] {
  const inside = [...place.querySelectorAll(selector)];
  return 'matches' in place && place.matches(selector) ? [place, ...inside] : inside;
}

/** Says at a tag that its code is missing, in the language of its place. */
function mark(element: Element): void {
  const root = element.getRootNode() as WatchedRoot;
  if (!styled.has(root)) {
    styled.add(root);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(ERROR_STYLE);
    root.adoptedStyleSheets.push(sheet);
  }
  const [language = ''] = nearestLanguage(element).toLowerCase().split('-');
  element.setAttribute(ERROR_ATTRIBUTE, missingPart[language] ?? missingPart.en ?? '');
}

/** Roots that show what {@link mark} says. */
const styled = new WeakSet<WatchedRoot>();
