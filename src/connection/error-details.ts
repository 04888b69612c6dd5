/**
 * The details of errors: one English template for each code, and the remedies of single cases. Other languages have the same codes
 * (`detail.` and `help.` in `language/`), and the compiler reports one that is missing.
 * Carriers are loaded on demand and bring the English of their own codes; so does the codec.
 */
import type { MmsErrorCode } from '../mms/error.js';
import type { TransportDetailCode } from '../transports/transport.js';
import type { Because } from './because.js';
import { fill, type Placeholder } from './template.js';

/** What is particular to an error, with its values in braces. */
export const errorDetails = {
  host: 'The host is {host}.',
  directive: 'The directive is {directive}.',
  'not-delegated': 'The page around this frame does not pass the permission on.',
  'question-closed':
    'If the browser asked for permission and its question was closed, open the connection again and allow it.',
  'answers-without-socket': 'The host answers and its certificate is trusted, but it does not open a WebSocket.',
  'sale-id': 'Its id is {id}.',
  'no-such-sale': 'There is no sale without an outcome whose id is {id}.',
  'authorize-url': 'authorize-url must be an address of this page’s own origin.',
  'status-url': 'status-url must be an address of this page’s own origin.',
  'reverse-url': 'reverse-url must be an address of this page’s own origin.',
  ksn: 'Key serial number {ksn}.',
  // Names of tags, never values.
  'tags-in-clear': 'In clear: {tags}.',
  'no-reader': 'There is no reader.',
  'no-url': 'The reader element has no url.',
  'closed-by-page': 'It was closed by this page.',
  'page-left': 'The page was left.',
  'not-opened-in-time': 'It was neither opened nor refused in time.',
  'taken-over': 'Another tab or window of this browser has taken it over.',
  restarts: 'The reader is restarting.',
  // The text is what came with the close frame; it may be empty.
  'ended-without-a-word': 'The connection closed without a reason (close code {code}). {text}',
  'ended-by-reader': 'The reader ended it (close code {code}). {text}',
  'reader-silent': 'The reader {device} did not answer a question.',
  'host-silent': 'It did not answer in time.',
  'host-unclear': 'Its answer says neither yes nor no.',
  'inquiry-unclear': 'Its answer says neither yes, no nor unknown.',
  'no-host': 'Nobody in this page asks a host.',
  'requests-only': 'Only requests to the reader can be sent.',
  'no-completion-known': 'No notification is known that completes this command.',
  'end-not-told': 'The reader did not say how it ended.',
  'file-not-sent': 'It announced a file and did not send it.',
  'file-id': 'The id of a file has eight hexadecimal digits.',
  'file-empty': 'It is empty.',
  'file-too-large': 'It is larger than {most} bytes.',
  'file-name': 'Its name must have 1 to {most} ASCII characters.',
  'file-not-kept': 'The reader does not have what was sent.',
  'no-checksum': 'Checksums need a page that was loaded over https or from localhost.',
  'firmware-unknown': 'It is not a firmware file of a known kind.',
  'battery-low': 'The battery is at {percent} percent.',
  'firmware-not-loaded': 'The reader did not take the firmware (code {code}).',
  'firmware-not-used': 'The reader could not put the firmware into use (code {code}).',
  'firmware-cut-loading': 'The update was cut off while the firmware was being loaded.',
  'firmware-cut-committing': 'The update was cut off while the firmware was being put into use.',
  'firmware-not-verified': 'The firmware is in use, and the reader did not report its version.',
  'firmware-given-up': 'The firmware was not put into use.',
  'firmware-other-reader': 'It was {was}, it is {is}.',
  'one-file': 'There is more than one: choose one of them.',
  'file-not-read': 'The browser could not read it.',
  'update-running': 'An update is running: wait until it is over.',
  'reader-not-back': 'The reader is not back after its restart.',
  'nobody-signed': 'Nobody signed.',
  'no-pin': 'No PIN was entered.',
  'no-barcode': 'No barcode was read.',
  'no-tag': 'No tag was presented.',
  'card-not-tag': 'A card was presented instead of a tag.',
  'tag-page': 'The tag did not answer with 16 bytes for page {page}.',
  'property-missing': 'The answer does not hold this property.',
  'too-long': 'It has {length} characters; commands have at most {most}.',
} as const;

/** A detail whose English is here. */
type OwnDetailCode = keyof typeof errorDetails;

type Places<Code extends OwnDetailCode> = Placeholder<(typeof errorDetails)[Code]>;

/** A detail whose English is here and the same each time. */
export type PlainDetailCode = { [Code in OwnDetailCode]: [Places<Code>] extends [never] ? Code : never }[OwnDetailCode];

/** What the `detail` of a `ReaderError` says. `option` has the `name` of an option, codes of the codec the `place`, counted from 1. */
export type DetailCode = OwnDetailCode | TransportDetailCode | MmsErrorCode | 'option';

const MAY_HAVE_BEEN_DONE = 'A command that was under way may have been carried out: nothing is sent again by itself.';
const CHOOSE_BLE =
  'Switch the reader on, open the connection with a click, and choose it in the list that the browser shows.';
const NEAR_AND_ON = `Check that the reader is on and near. ${MAY_HAVE_BEEN_DONE}`;

/** Remedies of single cases, where that of the code would lead the wrong way: most of those speak of a network. */
export const detailHelps = {
  'usb-forbidden':
    'Where the page is in a frame, the page around must pass the permission on: <iframe allow="hid">. Otherwise the Permissions-Policy that the page is served with must allow it: hid=(self).',
  'usb-not-opened':
    'Close other programs that use the reader. On Linux a udev rule must give the user access: SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0801", MODE="0660", TAG+="uaccess" in /etc/udev/rules.d; then plug the reader in again.',
  'usb-unplugged': `Plug the reader in again: the connection is then opened by itself. ${MAY_HAVE_BEEN_DONE}`,
  'usb-stalled': `Pull the USB cable out and plug it in again. ${MAY_HAVE_BEEN_DONE}`,
  'usb-wrong-device':
    'Open the connection with a click once more and choose the reader that the device attribute names.',
  'parts-lost':
    'The page or the computer was too busy to read in time. Look at the reader before sending the command again: it was carried out, only its answer is missing.',
  'serial-not-opened':
    'Close other programs that use the port. On Linux the user must be in the group dialout (or uucp).',
  'serial-unplugged': `Plug the cable in again: the connection is then opened by itself. ${MAY_HAVE_BEEN_DONE}`,
  'serial-stalled': `Pull the cable out and plug it in again. ${MAY_HAVE_BEEN_DONE}`,
  'ble-not-allowed': CHOOSE_BLE,
  'ble-none-chosen': CHOOSE_BLE,
  'ble-not-reached':
    'Check that the reader is on, near, and connected to nothing else. If the system asks to pair, accept it.',
  'ble-lost': NEAR_AND_ON,
  'ble-stalled': NEAR_AND_ON,
  'firmware-cut-loading':
    'The reader goes on with the firmware that it had: loading an image changes nothing. Connect again and start the update from the beginning.',
  'firmware-cut-committing':
    'The reader may be using the new firmware, or may still be restarting. Leave it on power for some minutes, connect again, and compare its version before anything else is started.',
  'firmware-not-verified':
    'Connect again and compare its version before anything else is started. Nothing needs to be sent again.',
  'firmware-given-up':
    'The reader goes on with the firmware that it had. It may still work on the image for a minute; after that the update can be started again.',
  'firmware-other-reader':
    'Check which reader is connected. Connect the one that is to be updated, and compare its version before anything else is started.',
  'reader-not-back':
    'Leave the reader on power for some minutes. If it does not come back, switch it off and on, connect, and compare its version.',
  'firmware-not-loaded':
    'The reader goes on with the firmware that it had. Check that the file is for this model, and that it came whole from its maker.',
  'firmware-not-used':
    'The reader restarts in any case. Connect again and compare its version: it should be the one from before.',
  'battery-low': 'Charge the reader or connect it to power, then start the update again. Nothing has been sent.',
} as const satisfies Partial<Record<DetailCode, string>>;

/** What is particular to a case and has a remedy of its own. */
export type HelpedDetailCode = keyof typeof detailHelps;

/** The detail of an error in English and as data: `new ReaderError('unreachable', detailed('reader-silent', { device }))`. */
export function detailed<Code extends OwnDetailCode>(
  code: Code,
  ...[values]: [Places<Code>] extends [never] ? [] : [Readonly<Record<Places<Code>, string>>]
): { readonly detail: string; readonly because: Because<Code> } {
  return { detail: fill(errorDetails[code], values).trimEnd(), because: values ? { code, values } : { code } };
}
