/**
 * The operations of a client above single requests, as its methods. Their code, and the names of their options, are loaded when the
 * first of them is called.
 */
import type { ClassicTag, ReadClassicTagOptions, WriteClassicTagOptions } from '../device/classic-tag.js';
import type { DeviceInfo } from '../device/device-info.js';
import type { DeviceLockOptions } from '../device/device-lock.js';
import type { OperationOptions, ReaderAccess } from '../device/reader-access.js';
import type { TagMemory, TagOptions } from '../device/tag.js';
import type { TagWrite, WriteTagOptions } from '../device/tag-write.js';
import type { Tone } from '../mms/commands/display.js';
import type { DisplayString } from '../mms/tables/display-strings.js';
import type { BarcodeData } from '../mms/views/barcode.js';
import type { FileProperties } from '../mms/views/file.js';
import type { SignatureData } from '../mms/views/signature.js';
import type { BarcodeOptions } from './operations/barcode.js';
import type { ReaderFile, ReadFileOptions, SendFileOptions } from './operations/files.js';
import type { FirmwareCheck, FirmwareUpdate, UpdateFirmwareOptions } from './operations/firmware.js';
import { loadDeviceInfo, loadRare } from './operations/load-rare.js';
import type { PinEntry, PinOptions } from './operations/pin.js';
import type { ScreenOptions, ShowMessageOptions } from './operations/screen.js';
import type { SignatureOptions } from './operations/signature.js';

/** A client as far as its operations go. */
export abstract class ReaderOperations {
  /** What the operations see of this client. */
  protected abstract get access(): ReaderAccess;

  /** Tells that a signature was drawn and fetched. */
  protected abstract signed(signature: SignatureData): void;

  /**
   * What the reader is: serial number, firmware, and what else it tells of itself.
   * @throws {ReaderError} `rejected` where it refuses to tell its serial number, and as {@link request}.
   */
  async getDeviceInfo(options?: OperationOptions): Promise<DeviceInfo> {
    return (await loadDeviceInfo()).getDeviceInfo(this.access, options);
  }

  /** Locks the reader or opens it again; see {@link setDeviceLock}. Refused with `transaction-in-progress` during a sale. */
  async setDeviceLock(options: DeviceLockOptions): Promise<boolean> {
    return (await loadRare()).setDeviceLock(this.access, options);
  }

  /** Asks for a PIN at the reader; see {@link requestPin}. The page gets the encrypted block, never the PIN. */
  async requestPin(options?: PinOptions): Promise<PinEntry> {
    return (await loadRare()).requestPin(this.access, options);
  }

  /** Lets the cardholder sign at the reader and fetches the signature; see {@link requestSignature}. */
  async requestSignature(options?: SignatureOptions): Promise<SignatureData> {
    const signature = await (await loadRare()).requestSignature(this.access, options);
    this.signed(signature);
    return signature;
  }

  /** Reads a barcode outside of a sale; see {@link readBarcode}. */
  async readBarcode(options?: BarcodeOptions): Promise<BarcodeData> {
    return (await loadRare()).readBarcode(this.access, options);
  }

  /** Waits for an NFC tag of type 2 and reads it; see {@link readTag}. Refused with `transaction-in-progress` during a sale. */
  async readTag(options?: TagOptions): Promise<TagMemory> {
    return (await loadRare()).readTag(this.access, options);
  }

  /**
   * Writes NDEF records to an NFC tag of type 2 when `confirm` agrees, and reads them back; see {@link writeTag}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async writeTag(options: WriteTagOptions): Promise<TagWrite> {
    return (await loadRare()).writeTag(this.access, options);
  }

  /** Reads sectors of a MIFARE Classic tag; see {@link readClassicTag}. Refused with `transaction-in-progress` during a sale. */
  async readClassicTag(options: ReadClassicTagOptions): Promise<ClassicTag> {
    return (await loadRare()).readClassicTag(this.access, options);
  }

  /**
   * Writes blocks of a MIFARE Classic tag when `confirm` agrees, and reads them back; see {@link writeClassicTag}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async writeClassicTag(options: WriteClassicTagOptions): Promise<string> {
    return (await loadRare()).writeClassicTag(this.access, options);
  }

  /**
   * Sends a file to the reader and reads back what it has of it; see {@link sendFile}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async sendFile(fileId: string, contents: Uint8Array, options?: SendFileOptions): Promise<FileProperties> {
    const copy = contents.slice();
    return (await loadRare()).sendFile(this.access, fileId, copy, options);
  }

  /** Fetches a file of the reader; see {@link readFile}. */
  async readFile(fileId: string, options?: ReadFileOptions): Promise<ReaderFile> {
    return (await loadRare()).readFile(this.access, fileId, options);
  }

  /**
   * Looks at a firmware file and at the reader that is to have it, and changes nothing; see {@link checkFirmware}.
   * Refused with `transaction-in-progress` during a sale.
   */
  async checkFirmware(file: Uint8Array, options?: OperationOptions): Promise<FirmwareCheck> {
    const copy = file.slice();
    return (await loadRare()).checkFirmware(this.access, copy, options);
  }

  /**
   * Replaces firmware of the reader; see {@link updateFirmware}. Nothing but this call starts it, and a wrong image can leave a
   * reader unusable. Refused with `transaction-in-progress` during a sale.
   */
  async updateFirmware(file: Uint8Array, options?: UpdateFirmwareOptions): Promise<FirmwareUpdate> {
    const copy = file.slice();
    return (await loadRare()).updateFirmware(this.access, copy, options);
  }

  /** Shows one of the reader's own texts; see {@link showMessage}. */
  async showMessage(text: DisplayString | number, options?: ShowMessageOptions): Promise<void> {
    return (await loadRare()).showMessage(this.access, text, options);
  }

  /** Shows an image that was loaded before, from slot 1 to 4; see {@link showImage}. */
  async showImage(slot: number, options?: OperationOptions): Promise<void> {
    return (await loadRare()).showImage(this.access, slot, options);
  }

  /** Plays tones; see {@link playTones}. */
  async playTones(tones: readonly Tone[], options?: ScreenOptions): Promise<void> {
    return (await loadRare()).playTones(this.access, tones, options);
  }
}
