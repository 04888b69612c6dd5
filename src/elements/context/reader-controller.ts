/**
 * Finds the reader of an element: the nearest around it, or the one that its `for` attribute names.
 * It knows the contexts and the shape of a reader element, not its class: the reader may come from another copy of this package.
 */
import { ContextConsumer } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import type { ReaderSnapshot } from '../../connection/connection-state.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { Hydration } from '../../language/hydration.js';
import { clientContext, stateContext } from './contexts.js';

/** An element that names its reader. */
export interface ReaderHost extends LitElement {
  /** Id of the reader element; empty for the nearest around. */
  for: string;
}

/** What is used of a reader element that was found by its id. */
interface ReaderElementLike extends Element {
  readonly client?: ReaderClient | undefined;
}

/** Told by a reader element when its client is another one. Does not bubble. */
export const CLIENT_CHANGE = 'magtek-client-change';

export class ReaderController implements ReactiveController {
  private readonly host: ReaderHost;
  private readonly onClient: (client: ReaderClient | undefined, previous: ReaderClient | undefined) => void;
  private readonly hydration: Hydration;
  private readonly contextState: ContextConsumer<typeof stateContext, ReaderHost>;
  /** The client of the reader around the host; a consumer would keep it where the host is moved to no reader. */
  private nearest: ReaderClient | undefined;
  private named: ReaderElementLike | undefined;
  private namedFor = '';
  private known: ReaderClient | undefined;
  private unsubscribe: Unsubscribe | undefined;
  private observer: MutationObserver | undefined;

  /** @param onClient Called when there is another client, or none, also when the host leaves the page. */
  constructor(
    host: ReaderHost,
    onClient: (client: ReaderClient | undefined, previous: ReaderClient | undefined) => void = () => undefined,
  ) {
    this.host = host;
    this.onClient = onClient;
    host.addController(this);
    this.hydration = new Hydration(host, () => {
      this.update();
    });
    new ContextConsumer(host, {
      context: clientContext,
      subscribe: true,
      callback: (client) => {
        this.nearest = client;
        this.update();
      },
    });
    this.contextState = new ContextConsumer(host, { context: stateContext, subscribe: true });
  }

  /** The client of the reader; undefined where there is no reader or it has no address. */
  get client(): ReaderClient | undefined {
    return this.known;
  }

  /** State and error of the reader. */
  get snapshot(): ReaderSnapshot {
    if (!this.known) return NO_READER;
    const snapshot = this.host.for === '' ? this.contextState.value : this.known.snapshot;
    return snapshot ?? this.known.snapshot;
  }

  hostConnected(): void {
    this.update();
  }

  hostUpdate(): void {
    if (this.host.for !== this.namedFor) this.update();
  }

  hostDisconnected(): void {
    this.nearest = undefined;
    this.observer?.disconnect();
    this.observer = undefined;
    this.follow(undefined);
    this.use(undefined);
  }

  private readonly onClientChange = (): void => {
    this.update();
  };

  /** Looks for the reader again. */
  private update(): void {
    if (!this.host.isConnected || this.hydration.isPending) return;
    this.namedFor = this.host.for;
    if (this.host.for === '') {
      this.observer?.disconnect();
      this.observer = undefined;
      this.follow(undefined);
      this.use(this.nearest);
      return;
    }
    this.watch();
    const element = this.lookUp();
    this.follow(element);
    this.use(element?.client);
  }

  /** The element with the id, in the same tree first. */
  private lookUp(): ReaderElementLike | undefined {
    const id = CSS.escape(this.host.for);
    const root = this.host.getRootNode() as Document | ShadowRoot;
    return root.querySelector(`#${id}`) ?? this.host.ownerDocument.querySelector(`#${id}`) ?? undefined;
  }

  /** Ids come and go: a reader may be added, replaced or renamed after this element. */
  private watch(): void {
    if (this.observer) return;
    this.observer = new MutationObserver(() => {
      if (this.lookUp() !== this.named) this.update();
    });
    const options = { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] };
    const root = this.host.getRootNode();
    this.observer.observe(root, options);
    if (root !== this.host.ownerDocument) this.observer.observe(this.host.ownerDocument, options);
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
    this.unsubscribe = client?.subscribe('snapshot', () => {
      this.host.requestUpdate();
    });
    this.onClient(client, previous);
    this.host.requestUpdate();
  }
}

const NO_READER: ReaderSnapshot = Object.freeze({ state: 'idle' });
