/**
 * The words of all elements in English, which is the language of last resort. The words of errors stand with the errors,
 * because programs without elements show them too.
 */
import { readerErrors, type ReaderErrorCode } from '../../../client/reader-error.js';

const words = {
  // <magtek-status>
  'status.idle': 'Not connected',
  'status.connecting': 'Connecting …',
  'status.ready': 'Connected',
  'status.stale': 'Connected, but the reader does not answer',
  'status.reconnecting': 'Connection lost, trying again …',
  'status.failed': 'Not connected',
  'status.closed': 'Closed',
  'status.no-reader': 'No reader',
  'status.open': 'Open',
  'status.close': 'Close',
  'status.take-over': 'Take over',
  // What is copied
  'copy.done': 'Copied.',
  'copy.refused': 'The browser does not allow this page to copy.',
  // <magtek-device-info>
  'device-info.title': 'About the reader',
  'device-info.serial-number': 'Serial number',
  'device-info.capabilities': 'Capabilities, layout not published',
  'device-info.connection-limit': 'Connections at a time',
  'device-info.refresh': 'Refresh',
  'device-info.copy': 'Copy',
  'device-info.busy': 'Asking the reader …',
  'device-info.empty': 'The reader has not been asked yet.',
  // <magtek-card-data>
  'card-data.empty': 'No card yet.',
  'card-data.arqc': 'ARQC',
  'card-data.batch': 'Batch',
  'card-data.contact': 'chip',
  'card-data.contactless': 'contactless',
  'card-data.swipe': 'stripe',
  'card-data.manual': 'typed in at the reader',
  'card-data.copy-hex': 'Copy branch as hex',
  'card-data.copy-json': 'Copy branch as JSON',
  // <magtek-signature>
  'signature.label': 'Signature',
  'signature.empty': 'No signature yet.',
  'signature.request': 'Ask for a signature',
  'signature.busy': 'Please sign at the reader.',
  'signature.clear': 'Clear',
  // <magtek-transaction> and <magtek-display>
  'transaction.pay': 'Pay {amount}',
  'transaction.again': 'Try again',
  'transaction.cancel': 'Cancel',
  'transaction.choose': 'Choose how to pay',
  'transaction.starting': 'Starting the reader …',
  'transaction.reading': 'Reading the card. Leave it where it is.',
  'transaction.authorizing': 'Waiting for the decision …',
  'transaction.finishing': 'Finishing …',
  'transaction.done': 'Done',
  'transaction.not-connected': 'The reader is not connected.',
  'transaction.required': 'Pay with a card first.',
  'outcome.approved': 'Approved',
  'outcome.declined': 'Declined',
  'outcome.deferred': 'Card read',
  'outcome.cancelled': 'Cancelled',
  'outcome.timed-out': 'No card in time',
  'outcome.failed': 'Not started',
  'outcome.unknown': 'Outcome unknown: ask the host before charging again',
  'way.insert': 'insert',
  'way.tap': 'tap',
  'way.swipe': 'swipe',
  'prompt.card': 'Your card: {ways}',
  'prompt.remove': 'Remove your card',
  'prompt.again': 'Please try again',
  'prompt.phone': 'Look at your phone',
  'prompt.wait': 'Please wait',
  'prompt.collision': 'Present one card only',
  'display.welcome': 'Ready',
  'display.label': 'Reader display',
} as const;

type ErrorKey = `error.${ReaderErrorCode}` | `help.${ReaderErrorCode}`;

/** Names one text. `error.` and `help.` with the code of a `ReaderError` say what happened and what to do. */
export type WordKey = keyof typeof words | ErrorKey;

/**
 * The texts of one language. A part in braces, such as `{amount}`, stands for what the element puts there; the order is the
 * language's own.
 */
export type Words = Readonly<Record<WordKey, string>>;

const errorWords = Object.fromEntries(
  Object.entries(readerErrors).flatMap(([code, { message, help }]) => [
    [`error.${code}`, message],
    [`help.${code}`, help],
  ]),
) as Readonly<Record<ErrorKey, string>>;

export const english: Words = { ...words, ...errorWords };
