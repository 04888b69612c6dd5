/**
 * The ids by which readers are named outside of messages: the hardware id that an operating system lists for a USB device, and the
 * id of a firmware. The layout of the hardware id that the vendor's own tools show is not published.
 */
import { USB_VENDOR, usbProductName } from '../transports/usb-products.js';

/** A part of an id, in words. */
export interface IdPart {
  readonly label: string;
  readonly reading: string;
}

/** What an id says. */
export interface KnownId {
  readonly kind: 'usb-id' | 'firmware-id';
  /** For people, in one line. */
  readonly text: string;
  readonly parts: readonly IdPart[];
}

/** As the device managers of Windows (`USB\VID_0801&PID_2020&REV_0100`) and `lsusb` (`0801:2020`) write it. */
const WINDOWS_ID = /^(?:(?:USB|HID)\\)?VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(?:&REV_([0-9A-F]{4}))?(?:[&\\]\S*)?$/i;
const LINUX_ID = /^(?:.*\bID\s+)?(0801):([0-9A-F]{4})(?:\s.*)?$/i;

/**
 * A part number, a revision and the kind of build: the demo takes what is behind the last hyphen for the kind [PJ]. None is as long as a
 * card number.
 */
const FIRMWARE_ID = /^(10000\d{5})-([A-Z0-9.]{1,11})-([A-Z0-9]{1,11})$/i;

/** Characters of the longest text that is looked at. */
const LONGEST = 200;

/** What an id says; undefined for texts that are none. */
export function readId(text: string): KnownId | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return undefined;
  const [, vendor, product, revision] = WINDOWS_ID.exec(trimmed) ?? LINUX_ID.exec(trimmed) ?? [];
  if (vendor !== undefined && product !== undefined)
    return usbId(vendor.toUpperCase(), product.toUpperCase(), revision);
  const [, number, version, build] = FIRMWARE_ID.exec(trimmed) ?? [];
  if (number === undefined || version === undefined || build === undefined) return undefined;
  return {
    kind: 'firmware-id',
    text: `Firmware ${number}, revision ${version}, build ${build}`,
    parts: [
      { label: 'Part number', reading: number },
      { label: 'Revision', reading: version },
      { label: 'Build', reading: build },
    ],
  };
}

function usbId(vendor: string, product: string, revision?: string): KnownId {
  const isOurs = vendor === USB_VENDOR;
  const name = isOurs ? (usbProductName(product) ?? 'not named in any published source') : 'not a MagTek device';
  return {
    kind: 'usb-id',
    text: `USB device ${vendor}:${product}, ${name}`,
    parts: [
      { label: 'Vendor', reading: isOurs ? `${vendor} MagTek` : vendor },
      { label: 'Product', reading: isOurs ? `${product} ${name}` : product },
      ...(revision === undefined ? [] : [{ label: 'Revision', reading: revision.toUpperCase() }]),
    ],
  };
}
