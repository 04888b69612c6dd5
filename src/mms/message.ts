/**
 * The shape of MMS messages, shared by the decoder, the encoder and everything that reads messages.
 * It holds types only.
 */
import type { TlvInput, TlvNode } from './tlv.js';

/** Whether the host or the reader sent a message. */
export type Direction = 'to-reader' | 'from-reader';

/** What all messages have. */
export interface MmsMessageBase {
  /** The whole message as it travels. */
  readonly bytes: Uint8Array;
  /** API framework version, the byte after AA; 0 in all known traffic. */
  readonly version: number;
  readonly direction: Direction;
  /** Message reference number, 0 to 255; a response repeats that of its request. 0 in notifications, where it is reserved. */
  readonly reference: number;
  /** Command or notification number, for example 0x1001. The same number can be both: `kind` decides. */
  readonly id: number;
  /** The two id bytes that open the payload (tag 84); absent without a payload; may differ from `id`. */
  readonly payloadId?: number;
  /** The objects of the payload after its two id bytes. */
  readonly payload: readonly TlvNode[];
  /** The payload after its id where it is not TLV, which is known of notification 1803 only; `payload` is then empty. */
  readonly opaque?: Uint8Array;
  /** Value of tag 83, additional details: the file id of a captured signature, for example. */
  readonly additional?: Uint8Array;
  /** Reserved bytes of tag 81 after the fields that are known. */
  readonly reserved?: Uint8Array;
  /** Other top-level objects, such as the reserved 9E. */
  readonly rest: readonly TlvNode[];
}

/** A command. Readers too can send requests. */
export interface MmsRequest extends MmsMessageBase {
  readonly kind: 'request';
}

/** The result that a response carries in tag 82. */
export interface ResponseStatus {
  /** First byte of tag 82. Bit 7: failed; bit 6: with warnings; bit 0, on success: still running. */
  readonly summary: number;
  /** The other three bytes (group, subgroup, status) as six upper-case hexadecimal digits. */
  readonly detail: string;
  /** The command was not refused and did not fail. With `running` it is accepted, not finished. */
  readonly ok: boolean;
  /** Accepted, and the outcome arrives later as a notification. */
  readonly running: boolean;
  /** Succeeded or accepted with warnings. */
  readonly warning: boolean;
  /** Stable kebab-case name of the detail, for example `transaction-in-progress`; `unknown` when no source lists it. */
  readonly code: string;
  /** The detail for people, in English. */
  readonly text: string;
}

/** The answer to a request. */
export interface MmsResponse extends MmsMessageBase {
  readonly kind: 'response';
  readonly status: ResponseStatus;
}

/** Something the reader tells unasked. */
export interface MmsNotification extends MmsMessageBase {
  readonly kind: 'notification';
  /** The four bytes of tag 82. */
  readonly detail: Uint8Array;
  /** Stable kebab-case name, for example `contact-card-inserted`; `unknown` when no source lists the detail. */
  readonly name: string;
  /** The event for people, in English. */
  readonly text: string;
}

/** A file on its way. Its payload is the raw contents, without id bytes. */
export interface MmsFile extends MmsMessageBase {
  readonly kind: 'file';
  /** Type, version, subtype and instance as eight upper-case hexadecimal digits. */
  readonly fileId: string;
  readonly contents: Uint8Array;
}

/** Any message; `kind` tells which. */
export type MmsMessage = MmsRequest | MmsResponse | MmsNotification | MmsFile;

interface MmsMessageInputBase {
  /** Default 0. */
  readonly version?: number;
  /** Default 0. */
  readonly reference?: number;
  readonly id: number;
  /** Default `id` where a payload is given; without either no tag 84 is written. */
  readonly payloadId?: number;
  readonly payload: readonly TlvInput[];
  /** Written instead of `payload` where given. */
  readonly opaque?: Uint8Array;
  readonly additional?: Uint8Array;
  readonly reserved?: Uint8Array;
  readonly rest?: readonly TlvInput[];
}

/** What the encoder needs of a message; every {@link MmsMessage} is one. */
export type MmsMessageInput =
  | (MmsMessageInputBase & { readonly kind: 'request'; readonly direction?: Direction })
  | (MmsMessageInputBase & {
      readonly kind: 'response';
      readonly direction?: Direction;
      readonly status: Pick<ResponseStatus, 'summary' | 'detail'>;
    })
  | (MmsMessageInputBase & {
      readonly kind: 'notification';
      readonly direction?: Direction;
      readonly detail: Uint8Array;
    })
  | (Omit<MmsMessageInputBase, 'payload' | 'payloadId'> & {
      readonly kind: 'file';
      readonly direction?: Direction;
      readonly fileId: string;
      readonly contents: Uint8Array;
    });
