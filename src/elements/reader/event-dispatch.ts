/**
 * Turns the events of a client into DOM events on the reader element.
 * It does not know connections or attributes.
 */
import type { ClientEvents } from '../../client/client-events.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import {
  MagtekBarcodeEvent,
  MagtekButtonEvent,
  MagtekCardDataEvent,
  MagtekCardEvent,
  MagtekDisplayEvent,
  MagtekErrorEvent,
  MagtekHealthEvent,
  MagtekMessageEvent,
  MagtekNotificationEvent,
  MagtekPinEvent,
  MagtekResponseEvent,
  MagtekReversalNeededEvent,
  MagtekSelectionRequestEvent,
  MagtekSignatureEvent,
  MagtekStateChangeEvent,
  MagtekTouchEvent,
  MagtekTransactionChangeEvent,
  MagtekTransactionCompleteEvent,
  MagtekTransactionResolvedEvent,
} from '../../events/index.js';

/** The event class of each name; the snapshot is for views, which get it through the context. */
const eventOf: {
  readonly [Name in Exclude<keyof ClientEvents, 'snapshot'>]: new (detail: ClientEvents[Name]) => Event;
} = {
  state: MagtekStateChangeEvent,
  message: MagtekMessageEvent,
  response: MagtekResponseEvent,
  notification: MagtekNotificationEvent,
  card: MagtekCardEvent,
  'card-data': MagtekCardDataEvent,
  display: MagtekDisplayEvent,
  'selection-request': MagtekSelectionRequestEvent,
  pin: MagtekPinEvent,
  barcode: MagtekBarcodeEvent,
  signature: MagtekSignatureEvent,
  touch: MagtekTouchEvent,
  button: MagtekButtonEvent,
  health: MagtekHealthEvent,
  transaction: MagtekTransactionChangeEvent,
  'transaction-complete': MagtekTransactionCompleteEvent,
  'transaction-resolved': MagtekTransactionResolvedEvent,
  'reversal-needed': MagtekReversalNeededEvent,
  error: MagtekErrorEvent,
};

/** Dispatches the events of a client on an element until the returned function is called. */
export function dispatchEvents(client: ReaderClient, element: EventTarget): Unsubscribe {
  const names = Object.keys(eventOf) as (keyof typeof eventOf)[];
  const unsubscribes = names.map((name) => {
    const EventOfName = eventOf[name] as new (detail: ClientEvents[typeof name]) => Event;
    return client.subscribe(name, (detail) => {
      element.dispatchEvent(new EventOfName(detail));
    });
  });
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}
