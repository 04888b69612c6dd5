/** Follows a client and keeps what its cardholder is to see; texts of the reader that hold a card number are masked. */
import type { ReactiveControllerHost } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import type { Unsubscribe } from '../../connection/environment.js';
import { isOpen } from '../../connection/connection-state.js';
import { redactText } from '../../mms/redact.js';
import {
  answered,
  cardMoved,
  cardRead,
  EMPTY,
  phaseEntered,
  saleEnded,
  shownText,
  type CardholderView,
} from './cardholder-view.js';

export class CardholderWatch {
  private readonly host: ReactiveControllerHost;
  private readonly changed: (view: CardholderView) => void;
  private unsubscribes: readonly Unsubscribe[] = [];
  private shown: CardholderView = EMPTY;

  /** @param changed Called for each view before it is drawn. */
  constructor(host: ReactiveControllerHost, changed: (view: CardholderView) => void = () => undefined) {
    this.host = host;
    this.changed = changed;
  }

  /** What is to be seen now. */
  get view(): CardholderView {
    return this.shown;
  }

  /** Follows another client, or none. */
  follow(client: ReaderClient | undefined): void {
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.show(EMPTY);
    this.unsubscribes = client
      ? [
          // A text of the reader is data: should digits of a card be in it, they are not shown.
          client.observe('display', (detail) => {
            this.show(shownText(this.shown, { ...detail, text: redactText(detail.text) }));
          }),
          client.observe('response', (detail) => this.show(answered(this.shown, detail))),
          client.observe('card', (detail) => this.show(cardMoved(this.shown, detail))),
          client.observe('card-data', (detail) => this.show(cardRead(this.shown, detail))),
          client.observe('transaction', ({ phase, attempt }) => this.show(phaseEntered(this.shown, phase, attempt))),
          client.observe('transaction-complete', (result) => this.show(saleEnded(this.shown, result))),
          client.observe('state', ({ state }) => {
            if (!isOpen(state)) this.show(EMPTY);
          }),
        ]
      : [];
  }

  private show(view: CardholderView): void {
    this.shown = view;
    this.changed(view);
    this.host.requestUpdate();
  }
}
