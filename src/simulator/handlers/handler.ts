/**
 * Shared by the handlers of commands: their access to the reader, and ways to answer. A command that does
 * not fit the state of the reader gets the status that the texts of the demo make plausible [PJ, D].
 */
import type { MmsRequest } from '../../mms/message.js';
import { findNode, type TlvInput } from '../../mms/tlv.js';
import type { SimulatedState } from '../face.js';
import type { Announcement, StoredFile } from '../file-store.js';
import type { Firmware } from '../firmware.js';
import type { PinTerms } from '../pin.js';
import type { Properties } from '../properties.js';
import type { Sale } from '../sale.js';
import { OUT_OF_KEYS } from '../unconfirmed.js';

/** What a handler can see and do. */
export interface HandlerContext {
  readonly state: SimulatedState;
  readonly serialNumber: string;
  readonly sale: Sale | undefined;
  /** There is no key to encrypt anything with. */
  readonly isOutOfKeys: boolean;
  readonly properties: Properties;
  readonly firmware: Firmware;
  /** A file that the reader holds. */
  fileOf(fileId: string): StoredFile | undefined;
  /** Expects a file from whoever asks. */
  expectFile(announcement: Announcement): void;
  /** Answers the request. */
  reply(summary: number, detail: string, payload?: readonly TlvInput[]): void;
  /** Sends a file after the answer. */
  sendFile(bytes: Uint8Array): void;
  notify(id: number, bytes: Uint8Array): void;
  /** Enters a state, for some seconds where they are more than 0; `ended` is called when they are over. */
  enter(state: SimulatedState, text: string, seconds: number, ended: () => void): void;
  toIdle(): void;
  show(text: string): void;
  startSale(): void;
  /** Notes what kind of PIN is asked for. */
  askPin(terms: PinTerms): void;
  /** Notes whether the barcode that is asked for is to be encrypted. */
  askBarcode(isEncrypted: boolean): void;
  subscribe(isWanted: boolean, ids: readonly number[] | undefined): void;
  restart(): void;
}

export type Handler = (request: MmsRequest, context: HandlerContext) => void;

export const DONE = 0x00;
export const STARTED = 0x01;
export const REFUSED = 0x80;

/** Status details of more than one family of commands [PJ, MG p101]. */
export const BAD_PARAMETER = '020102';
const SIGNATURE_NOT_ALLOWED = '02030C';

/** Why a command that needs an idle reader is refused, by what the reader is doing. */
export const busyDetails: Readonly<Partial<Record<SimulatedState, string>>> = {
  transaction: '020308',
  pin: '02030F',
  barcode: '020311',
  buzzer: '020315',
  signature: SIGNATURE_NOT_ALLOWED,
  showing: '020314',
  emulating: '020314',
  updating: '020314',
  offline: '010109',
};

/** First byte of an object of a request. */
export const byteOf = ({ payload }: MmsRequest, path: string): number | undefined => findNode(payload, path)?.value[0];

/** A handler that runs only while the reader has keys. */
export const withKeys =
  (handler: Handler): Handler =>
  (request, context) => {
    if (context.isOutOfKeys) context.reply(REFUSED, OUT_OF_KEYS);
    else handler(request, context);
  };

/** A handler that runs only while the reader is idle. */
export const whenIdle =
  (handler: Handler): Handler =>
  (request, context) => {
    const busy = busyDetails[context.state];
    if (busy === undefined) handler(request, context);
    else context.reply(REFUSED, busy);
  };
