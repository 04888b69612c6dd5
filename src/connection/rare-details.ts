/**
 * Details of errors that only operations have which are loaded on demand, and their remedies where those of the code would lead the
 * wrong way. Apart from the others, so that they are loaded with these operations. Other languages have the same codes.
 */
import { addRemedies } from '../transports/transport.js';
import { detailsOf } from './error-details.js';

/** What is particular to an error, with its values in braces. */
export const rareDetails = {
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
  'lock-not-verified': 'The reader accepted the command for its lock, and its state was not heard.',
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

/** What to do about some of them. */
export const rareRemedies = {
  'firmware-cut-loading':
    'The reader goes on with the firmware that it had: loading an image changes nothing. Connect again and start the update from the beginning.',
  'firmware-cut-committing':
    'The reader may be using the new firmware, or may still be restarting. Leave it on power for some minutes, connect again, and compare its version before anything else is started.',
  'firmware-not-verified':
    'Connect again and compare its version before anything else is started. Nothing needs to be sent again.',
  'lock-not-verified':
    'The reader may be locked or open. Connect again and read its state (getDeviceInfo) before the command is sent again.',
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
} as const satisfies Partial<Record<keyof typeof rareDetails, string>>;

const made = detailsOf(rareDetails);

/** As `detailed`, for these. */
export const rareDetailed: typeof made = (code, ...values) => {
  addRemedies(rareRemedies);
  return made(code, ...values);
};
