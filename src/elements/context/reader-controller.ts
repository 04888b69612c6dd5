/**
 * Finds the reader of an element, the nearest around it or the one that its `for` attribute names, and keeps it while the element
 * is in the page.
 * It knows the contexts and the shape of a reader element, not its class: the reader may come from another copy of this package.
 */
import { ContextConsumer } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import type { ClientSnapshot } from '../../client/client-events.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { Hydration } from '../../language/hydration.js';
import { Departure } from '../shared/departure.js';
import { report } from '../shared/report.js';
import { clientContext } from './contexts.js';
import { findReader, watchIds, type ReaderElementLike } from './find-reader.js';

/** An element that names its reader. */
export interface ReaderHost extends LitElement {
  /** Id of the reader element; empty for the nearest around. */
  for: string;
}

/** Told by a reader element when its client is another one. Does not bubble. */
export const CLIENT_CHANGE = 'magtek-client-change';

/** Dispatched by an element that begins to share something with those inside it. */
const PROVIDER = 'context-provider';

export class ReaderController implements ReactiveController {
  private readonly host: ReaderHost;
  private readonly onClient: (client: ReaderClient | undefined, previous: ReaderClient | undefined) => void;
  private readonly hydration: Hydration;
  /** The client of the reader around the host; a consumer would keep it where the host is moved to no reader. */
  private nearest: ReaderClient | undefined;
  private named: ReaderElementLike | undefined;
  private namedFor = '';
  private known: ReaderClient | undefined;
  private readonly consumer: ContextConsumer<typeof clientContext, ReaderHost>;
  /** The document in which readers are listened for. */
  private place: Document | undefined;
  private unsubscribe: Unsubscribe | undefined;
  private stopWatching: Unsubscribe | undefined;

  /**
   * @param onClient Called when there is another client, or none, also when the host has left the page; a move is not a change.
   */
  constructor(
    host: ReaderHost,
    onClient: (client: ReaderClient | undefined, previous: ReaderClient | undefined) => void = () => undefined,
  ) {
    this.host = host;
    this.onClient = onClient;
    // Before this controller: where the host comes back, the reader around it is known when it is looked for.
    this.consumer = new ContextConsumer(host, {
      context: clientContext,
      subscribe: true,
      callback: (client) => {
        this.nearest = client;
        this.update();
      },
    });
    this.hydration = new Hydration(host, () => this.update());
    host.addController(this);
    new Departure(host, () => {
      this.follow(undefined);
      this.use(undefined);
    });
  }

  /** The client of the reader; undefined where there is no reader or it has no address. */
  get client(): ReaderClient | undefined {
    return this.known;
  }

  /** State and error of the reader. */
  get snapshot(): ClientSnapshot {
    return this.known?.snapshot ?? NO_READER;
  }

  hostConnected(): void {
    this.place = this.host.ownerDocument;
    this.place.addEventListener(PROVIDER, this.onProvider, true);
    this.update();
  }

  hostUpdate(): void {
    if (this.host.for !== this.namedFor) this.update();
  }

  hostDisconnected(): void {
    this.place?.removeEventListener(PROVIDER, this.onProvider, true);
    this.nearest = undefined;
    this.stopWatching?.();
    this.stopWatching = undefined;
  }

  /** A reader may come to be around the host later: its tag is defined after this one, or a component renders it around its slot. */
  private readonly onProvider = (event: Event & { readonly context?: unknown }): void => {
    if (event.context === clientContext) this.consumer.hostConnected();
  };

  private readonly onClientChange = (): void => this.update();

  /** Looks for the reader again. */
  private update(): void {
    if (!this.host.isConnected || this.hydration.isPending) return;
    this.namedFor = this.host.for;
    if (this.host.for === '') {
      this.stopWatching?.();
      this.stopWatching = undefined;
      this.follow(undefined);
      this.use(this.nearest);
      return;
    }
    // Ids come and go: a reader may be added, replaced or renamed after this element.
    this.stopWatching ??= watchIds(this.host, () => {
      if (findReader(this.host, this.host.for) !== this.named) this.update();
    });
    const element = findReader(this.host, this.host.for);
    this.follow(element);
    this.use(element?.client);
  }

  private follow(element: ReaderElementLike | undefined): void {
    if (element === this.named) return;
    this.named?.removeEventListener(CLIENT_CHANGE, this.onClientChange);
    this.named = element;
    // Also before it is upgraded: it tells of its client when it has one.
    element?.addEventListener(CLIENT_CHANGE, this.onClientChange);
  }

  private use(client: ReaderClient | undefined): void {
    if (client === this.known) return;
    const previous = this.known;
    this.unsubscribe?.();
    this.known = client;
    this.unsubscribe = client?.observe('snapshot', () => this.host.requestUpdate());
    try {
      this.onClient(client, previous);
    } catch (error) {
      report(error);
    }
    this.host.requestUpdate();
  }
}

const NO_READER: ClientSnapshot = Object.freeze({ state: 'idle' });
