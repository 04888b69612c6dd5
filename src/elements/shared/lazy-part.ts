/**
 * A part of an element that is loaded when it is first needed, or shortly before. Where it cannot be had it is tried again, at once
 * when the network is back; until it is there the element is drawn without it.
 * It does not know the parts.
 */
import type { ReactiveControllerHost } from 'lit';
import { loadPart } from './load-part.js';

/** Milliseconds until a part that could not be had is tried again. */
const WAIT = 5_000;

export class LazyPart<Part> {
  private readonly host: ReactiveControllerHost & { readonly isConnected: boolean };
  private readonly load: () => Promise<Part>;
  private found: Part | undefined;
  private loading: Promise<void> | undefined;
  private missing = false;

  constructor(host: ReactiveControllerHost & { readonly isConnected: boolean }, load: () => Promise<Part>) {
    this.host = host;
    this.load = load;
  }

  /** The part; undefined where it is not there yet. */
  get part(): Part | undefined {
    return this.found;
  }

  /** Whether it could not be loaded, and is tried again. */
  get isMissing(): boolean {
    return this.missing;
  }

  /** Asks for the part, and draws the element when it is there, or is not to be had. @returns When that is known. */
  need(): Promise<void> {
    return (this.loading ??= loadPart(this.load).then(
      (part) => {
        this.found = part;
        this.missing = false;
        this.host.requestUpdate();
      },
      () => {
        this.missing = true;
        this.host.requestUpdate();
        this.tryLater();
      },
    ));
  }

  private tryLater(): void {
    const again = (): void => {
      removeEventListener('online', again);
      clearTimeout(timer);
      this.loading = undefined;
      // One that is not in the page asks again when it is drawn.
      if (this.host.isConnected) void this.need();
    };
    const timer = setTimeout(again, WAIT);
    addEventListener('online', again);
  }
}
