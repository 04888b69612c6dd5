/** The details of an error or outcome as data, so that they can be put into other languages than English. */
import type { TransportDetailCode } from '../transports/transport.js';

/** A stable code, and the values that stand in its text. They are no card data. */
export interface Because<Code extends string> {
  readonly code: Code;
  readonly values?: Readonly<Record<string, string>>;
}

/** What the `detail` of a `ReaderError` says; its values are named behind it. */
export type DetailCode =
  | TransportDetailCode
  /** `host`, with its port where it is not the usual one. */
  | 'host'
  /** `directive` of the content security policy. */
  | 'directive'
  | 'not-delegated'
  | 'question-closed'
  | 'answers-without-socket'
  /** `id` of the sale. */
  | 'sale-id'
  /** `id` of the sale. */
  | 'no-such-sale'
  /** `name` of the option. */
  | 'option'
  | 'authorize-url'
  | 'status-url'
  | 'reverse-url'
  /** `ksn`, key serial number of card data. */
  | 'ksn'
  | 'no-reader'
  | 'no-url'
  | 'closed-by-page'
  | 'page-left'
  | 'not-opened-in-time'
  | 'taken-over'
  | 'restarts'
  /** As for the next. */
  | 'ended-without-a-word'
  /** `code` of the close frame; `text` that came with it, which may be empty. */
  | 'ended-by-reader'
  | 'host-silent'
  | 'host-unclear'
  | 'inquiry-unclear'
  | 'no-host'
  | 'requests-only'
  | 'no-completion-known'
  | 'end-not-told'
  | 'file-not-sent'
  | 'file-id'
  | 'file-empty'
  /** `most` bytes that a file may have, as for the next. */
  | 'file-too-large'
  /** `most` characters of its name. */
  | 'file-name'
  | 'file-not-kept'
  | 'no-checksum'
  | 'firmware-unknown'
  /** `percent` of charge. */
  | 'battery-low'
  /** `code` of the reader, as for the next. */
  | 'firmware-not-loaded'
  | 'firmware-not-used'
  | 'firmware-cut-loading'
  | 'firmware-cut-committing'
  | 'firmware-not-verified'
  | 'firmware-given-up'
  /** `was` and `is`, serial numbers. */
  | 'firmware-other-reader'
  | 'one-file'
  | 'file-not-read'
  | 'reader-not-back'
  | 'nobody-signed'
  | 'no-pin'
  | 'no-barcode'
  | 'no-tag'
  | 'card-not-tag'
  /** `page` of the tag. */
  | 'tag-page'
  | 'property-missing'
  /** `length` of what was typed, and the `most` that is read. */
  | 'too-long'
  /** `place` of what is wrong, counted from 1, as for those that follow. */
  | 'bad-hex'
  | 'odd-hex'
  | 'no-start'
  | 'truncated'
  | 'bad-length'
  | 'too-deep'
  | 'bad-information'
  | 'bad-status'
  | 'bad-payload'
  | 'bad-object'
  | 'bad-value';
