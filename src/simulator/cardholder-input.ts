/**
 * PIN, signature and barcode that a command waits for: what was asked, and what becomes of the cardholder's answer.
 * It does not know sales.
 */
import type { TlvInput } from '../mms/tlv.js';
import type { Activity } from './activity.js';
import type { TransactionKey } from './encryption.js';
import type { SimulatedState } from './face.js';
import type { FileStore } from './file-store.js';
import { barcodePayload, encryptedBarcodePayload, fileNotification } from './outgoing.js';
import { pinObject, type PinTerms } from './pin.js';
import type { SeededRandom } from './random.js';
import { signatureFile, type Point } from './signature.js';
import type { Switchboard } from './switchboard.js';
import { cardOf, type TestCard } from './test-cards.js';
import { SIGNATURE_FILE, unconfirmedDetails } from './unconfirmed.js';

export interface CardholderInputDependencies {
  readonly activity: Activity;
  readonly files: FileStore;
  readonly random: SeededRandom;
  readonly switchboard: Switchboard;
  /** Sends a notification. */
  readonly send: (id: number, detail: string, payload?: readonly TlvInput[]) => void;
  /** The key for the next message; undefined where there are no more. */
  readonly nextKey: () => TransactionKey | undefined;
}

export class CardholderInput {
  private readonly dependencies: CardholderInputDependencies;
  private pin: PinTerms = { longest: 12, shortest: 4, account: '', isOfCard: false };
  private encryptsBarcode = false;

  constructor(dependencies: CardholderInputDependencies) {
    this.dependencies = dependencies;
  }

  askPin(terms: PinTerms): void {
    this.pin = terms;
  }

  askBarcode(isEncrypted: boolean): void {
    this.encryptsBarcode = isEncrypted;
  }

  /** @param seated The card in the slot. */
  enterPin(pin: string, seated: TestCard | undefined): void {
    const { activity, nextKey, random, send } = this.dependencies;
    if (activity.state !== 'pin') return;
    if (!/^\d+$/.test(pin)) throw new RangeError('a PIN is digits');
    const { shortest, longest, account, isOfCard } = this.pin;
    if (pin.length < shortest || pin.length > longest) return activity.show('TRY AGAIN');
    const number = isOfCard ? (seated ?? cardOf('visa')).pan : account;
    if (isOfCard) send(0x0201, unconfirmedDetails.pinCardRead);
    const key = nextKey();
    if (key) {
      send(0x0205, unconfirmedDetails.pinEntered, [pinObject(pin, number, key, random)]);
      activity.show('PLEASE WAIT');
    } else {
      activity.toIdle();
      send(0x0205, unconfirmedDetails.pinOutOfKeys);
    }
  }

  sign(strokes: readonly (readonly Point[])[]): void {
    const { activity, files, switchboard } = this.dependencies;
    if (activity.state !== 'signature') return;
    files.put(SIGNATURE_FILE, signatureFile(strokes));
    activity.toIdle();
    switchboard.broadcast(fileNotification('01010101', SIGNATURE_FILE), 0x1805);
  }

  /** A barcode is shown; false where no command waits for one. */
  scan(text: string): boolean {
    const { activity, nextKey, send } = this.dependencies;
    if (activity.state !== 'barcode') return false;
    activity.toIdle();
    const key = this.encryptsBarcode ? nextKey() : undefined;
    if (this.encryptsBarcode && !key) send(0x1805, unconfirmedDetails.barcodeOutOfKeys);
    else {
      const payload = key ? encryptedBarcodePayload(text, key) : barcodePayload(text);
      send(0x1805, unconfirmedDetails.barcodeRead, payload);
    }
    return true;
  }

  /** The cancel key: what waits for the cardholder ends. */
  cancel(): void {
    const { activity, send } = this.dependencies;
    const told = cancelNotifications[activity.state];
    if (!told) return;
    activity.toIdle();
    send(...told);
  }
}

/** What the cancel key makes of a state that waits for the cardholder. */
const cancelNotifications: Readonly<Partial<Record<SimulatedState, readonly [id: number, detail: string]>>> = {
  pin: [0x0205, unconfirmedDetails.pinCancelled],
  signature: [0x1805, unconfirmedDetails.signatureCancelled],
  barcode: [0x1805, unconfirmedDetails.barcodeCancelled],
};
