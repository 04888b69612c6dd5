/**
 * Tells an element when it must render as a server does, which knows neither reader nor language nor storage of a page.
 * Where the HTML of a server is taken over, the first rendering in the page must be the same, or it would not fit its nodes.
 */
import { isServer, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** Lit's own type says that it is always as in a browser. */
const onServer: boolean = isServer;

export class Hydration implements ReactiveController {
  private readonly whenOver: () => void;
  private isPendingYet: boolean;

  /** @param whenOver Called once, after the HTML of a server was taken over; never elsewhere. */
  constructor(host: ReactiveControllerHost & Element, whenOver: () => void) {
    this.whenOver = whenOver;
    // Before it is first connected an element has a shadow root only where one came with the HTML.
    this.isPendingYet = onServer || host.shadowRoot !== null;
    host.addController(this);
  }

  /** Whether nothing of the page may be used yet. */
  get isPending(): boolean {
    return this.isPendingYet;
  }

  hostUpdated(): void {
    if (!this.isPendingYet) return;
    this.isPendingYet = false;
    this.whenOver();
  }
}
