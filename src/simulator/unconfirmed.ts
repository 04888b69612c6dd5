/**
 * Values that no published source confirms, and that the simulated reader says all the same: detail codes of completions,
 * values of properties whose layout is not published, texts. So is what it does without a word: a file is never answered, and
 * thrown away where it is not what was announced. A client must never depend on any of it.
 */

/** Detail codes, without the first byte where that is the payment technology [D]. */
export const unconfirmedDetails = {
  /** 0105 after a card was read: kernel outcome, Quick Chip deferred. */
  read: 'FF01FF',
  /** 0105 after the time limit. */
  timedOut: '00FF02FF',
  /** 0105 after a cancel. */
  cancelled: '00FF03FF',
  /** 0105 after a card was pulled out too early. */
  removed: 'FF04FF',
  /** 0105 after a chip that does not work, where the host has to care about the stripe. */
  technicalFallback: 'FF06FF',
  /** 0105 after full EMV: approved, declined by the host, refused by the card, and given up because the host said nothing. */
  approved: 'FF07FF',
  declined: 'FF0BFF',
  cardRefused: 'FF0CFF',
  noHost: 'FF08FF',
  /** 0105 after the cardholder pressed the cancel key. */
  cardholderCancelled: '00FF09FF',
  /** 0105 after a card was read that there is no key for: the counter of the reader is at its end. */
  outOfKeys: 'FF0AFF',
  /** 0105 after the last command to an NFC tag. */
  tagDone: '20FF05FF',
  /** 0205 with a PIN block, and without one when nobody entered a PIN. */
  pinEntered: '00FF01FF',
  pinTimedOut: '00FF02FF',
  pinCancelled: '00FF03FF',
  /** 0205 and 1805 where there is no key to encrypt with. */
  pinOutOfKeys: '00FF0AFF',
  barcodeOutOfKeys: '00FF0AFF',
  /** 0201 before a PIN is entered for a card. */
  pinCardRead: '00FF01FF',
  /** 1803 with a text to show, and with a choice. */
  displayText: '02FFFFFF',
  selection: '02FFFEFF',
  /** 1805 when a time limit ended: signature, barcode, text. */
  signatureTimedOut: '01FF02FF',
  barcodeRead: '00FF01FF',
  barcodeTimedOut: '00FF02FF',
  /** 1805 after the cancel key. */
  signatureCancelled: '01FF03FF',
  barcodeCancelled: '00FF03FF',
  textShown: '02FF01FF',
  /** 0905, 0906 and 0907: an image was loaded, one was put into use, one is broken [PJ]; one is in use already. */
  imageLoaded: '08010903',
  imageInUse: '08010A03',
  imageBroken: '08010904',
  imageKnown: '00FF04FF',
} as const;

/** The ten bytes between the payload id and the text of notification 1803. */
export const TEXT_PREFIX = '00000000000000000000';

/** Begins a prompt in which the cardholder chooses; the vendor's demo compares it [PJ], what follows is not confirmed. */
export const SELECTION_PROMPT = 'Application ID Selection';

/** Id of the file of a captured signature [PJ]. */
export const SIGNATURE_FILE = '01000000';

/** Status of commands and properties that do not exist: plausible by their texts [D]. */
export const UNKNOWN_COMMAND = '010113';
export const UNKNOWN_PROPERTY = '020102';

/**
 * Status of a command that needs a key when the counter of the reader is at its end: plausible by its text, “key does not
 * exist” [PJ, D]. That a device without keys works no more is the standard's (ANSI X9.24-1).
 */
export const OUT_OF_KEYS = '020119';

/** Status of an image that is to be used and was not loaded: plausible by its text [PJ, D]. */
export const IMAGE_FAILURE = '02010A';

/** Seconds that the reader works on an image. */
export const FIRMWARE_SECONDS = 2;

/** With what the reader is locked and opened again: the passcode of a new reader is not published. */
export const PASSCODE = '1234';

/** Encryption types, as in the vendor's sample; their bits are not published [PJ]. */
export const MAC_ENCRYPTION_TYPE = 0x82;
export const ENCRYPTION_TYPE = 0x80;
export const PIN_ENCRYPTION_TYPE = 0x81;

/** Format of a PIN block that is encrypted with AES; the byte of format 0 is published [PJ]. */
export const PIN_FORMAT_4 = 0x04;

/** Seconds until an ARQC is sent again without an answer of the host, and how often: the names are published [MG p94]. */
export const ARPC_SECONDS = 30;
export const ARPC_RETRIES = 2;

/** How many digits of a card number are shown at both ends: published as the default of other products [DM p95]. */
export const SHOWN_DIGITS = 4;

/** The last of the choices where a tip is asked for. What each of the six buttons' five bytes mean is not published [PJ]. */
export const NO_TIP = 'NO TIP';

/** How often a chip is tried before the stripe is asked for: the published number of attempts [MG p95], counted our way. */
export const CHIP_ATTEMPTS = 3;
