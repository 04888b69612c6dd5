/**
 * Everything that the simulated reader says although no published source confirms it: detail codes of completions, values of
 * properties whose layout is not published, texts. A client must never depend on any of it.
 */

/** Detail codes, without the first byte where that is the payment technology [D]. */
export const madeUpDetails = {
  /** 0105 after a card was read: kernel outcome, Quick Chip deferred. */
  read: 'FF01FF',
  /** 0105 after the time limit. */
  timedOut: '00FF02FF',
  /** 0105 after a cancel. */
  cancelled: '00FF03FF',
  /** 0105 after a card was pulled out too early. */
  removed: 'FF04FF',
  /** 0105 after the last command to an NFC tag. */
  tagDone: '20FF05FF',
  /** 0205 with a PIN block, and without one when nobody entered a PIN. */
  pinEntered: '00FF01FF',
  pinTimedOut: '00FF02FF',
  /** 1803 with a text to show, and with a choice. */
  displayText: '02FFFFFF',
  selection: '02FFFEFF',
  /** 1805 when a time limit ended: signature, barcode, text. */
  signatureTimedOut: '01FF02FF',
  barcodeRead: '00FF01FF',
  barcodeTimedOut: '00FF02FF',
  textShown: '02FF01FF',
} as const;

/** The ten bytes between the payload id and the text of notification 1803. */
export const TEXT_PREFIX = '00000000000000000000';

/** Begins a prompt in which the cardholder chooses; the vendor's demo compares it [PJ], what follows is made up. */
export const SELECTION_PROMPT = 'Application ID Selection';

/** Bytes between C1 and CE of a signature file; none. The order of the objects is that of the protocol page [PJ]. */
export const SIGNATURE_FILE = '01000000';

/** Status of commands and properties that do not exist: plausible by their texts [D]. */
export const UNKNOWN_COMMAND = '010113';
export const UNKNOWN_PROPERTY = '020102';
