/** The part of WebHID that is used, and the USB devices that can carry MMS. */
import { hexId, USB_VENDOR, usbProductName } from './usb-products.js';
import { LONGEST_REPORT, SHORTEST_REPORT } from './hid-packets.js';

/** A report of a device, as its descriptor tells (WebHID, HIDReportInfo). */
export interface HidReportInfo {
  readonly reportId?: number;
  /** Each item has `reportCount` fields of `reportSize` bits. */
  readonly items?: readonly { readonly reportSize?: number; readonly reportCount?: number }[];
}

/** A report that arrived, without its id in the data. */
export interface HidInputReport {
  readonly reportId: number;
  readonly data: DataView;
}

/** What is used of a device: browsers and test doubles have it. */
export interface HidDeviceLike {
  readonly opened: boolean;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly { readonly outputReports?: readonly HidReportInfo[] }[];
  oninputreport: ((event: never) => void) | null;
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** A device that was plugged in or out. */
export interface HidConnectionEvent {
  readonly device: HidDeviceLike;
}

/** What is used of `navigator.hid`. */
export interface HidLike {
  /** The devices that this page may use and that are plugged in. */
  getDevices(): Promise<readonly HidDeviceLike[]>;
  /** Lets the person choose; must come out of a click or a key press. */
  requestDevice(options: { filters: { vendorId: number }[] }): Promise<readonly HidDeviceLike[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: never) => void): void;
}

/** MagTek's vendor id [PJ]. Their products are not all published, so none is asked for by its id. */
export const VENDOR_ID = Number.parseInt(USB_VENDOR, 16);

/** The output report that messages are sent in. */
export interface MessageReport {
  readonly id: number;
  /** Bytes, without the id. */
  readonly length: number;
}

/** The report for messages: the longest output report that packets can fill; undefined for devices, or parts of them, that have none. */
export function messageReport({ collections }: HidDeviceLike): MessageReport | undefined {
  return collections
    .flatMap(({ outputReports = [] }) => outputReports)
    .map(({ reportId = 0, items = [] }) => ({
      id: reportId,
      length: items.reduce((bits, { reportSize = 0, reportCount = 0 }) => bits + reportSize * reportCount, 0) >> 3,
    }))
    .filter(({ length }) => length >= SHORTEST_REPORT && length <= LONGEST_REPORT)
    .reduce<MessageReport | undefined>((best, one) => (best && best.length >= one.length ? best : one), undefined);
}

/**
 * Whether a device is the one that was asked for by name: its product name, or its product id as four hexadecimal digits.
 * @param name Empty for any.
 */
export function isNamed({ productName, productId }: HidDeviceLike, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  return wanted === '' || wanted === productName.trim().toLowerCase() || wanted === hexId(productId);
}

/** Name of a model, for what must be told apart by it: two readers of one model have nothing that a page could see. */
export const modelName = ({ vendorId, productId, productName }: HidDeviceLike): string =>
  `${hexId(vendorId)}:${hexId(productId)} ${productName}`;

export const isSameModel = (one: HidDeviceLike, other: HidDeviceLike): boolean => modelName(one) === modelName(other);

/** What a device is, for people: as it says itself, else by its id; undefined where neither is known. */
export const productOf = ({ productId, productName }: HidDeviceLike): string | undefined =>
  productName.trim() || usbProductName(hexId(productId));
