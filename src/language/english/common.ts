/** English words that several elements have. */

export const noReaderWords = { 'status.no-reader': 'No reader' } as const;

export const copyWords = {
  'copy.done': 'Copied.',
  'copy.refused': 'The browser does not allow this page to copy.',
} as const;

export const outcomeWords = {
  'outcome.approved': 'Approved',
  'outcome.partly-approved': 'Only {amount} approved',
  'outcome.remainder': 'Still to be paid: {amount}',
  'outcome.declined': 'Declined',
  'outcome.deferred': 'Card read',
  'outcome.cancelled': 'Cancelled',
  'outcome.timed-out': 'No card in time',
  'outcome.failed': 'Not started',
  'outcome.unknown': 'Outcome unknown: ask the host before trying again',
} as const;

/** A tree of which only some lines are rendered. */
export const treeWords = { 'tree.more.one': '{count} more line', 'tree.more.other': '{count} more lines' } as const;

/** How to present a card. */
export const wayWords = {
  'way.insert': 'insert',
  'way.tap': 'tap',
  'way.swipe': 'swipe',
  'way.manual': 'type in its number',
  'way.barcode': 'show a barcode',
  'prompt.card': 'Your card: {ways}',
  'prompt.barcode': 'Show the barcode to the reader',
  'prompt.manual': 'Type in the card number at the reader',
} as const;

/** What to do with a card that was presented, or with another one. */
export const promptWords = {
  'prompt.remove': 'Remove your card',
  'prompt.again': 'Please try again',
  'prompt.phone': 'Look at your phone',
  'prompt.collision': 'Present one card only',
  'prompt.chip': 'This card has a chip: insert it',
  'prompt.stripe': 'Swipe your card instead',
  'prompt.unreadable': 'The card could not be read. Please try again',
  'prompt.not-accepted': 'This card is not accepted',
  'prompt.expired': 'This card has expired',
  'prompt.side': 'The stripe was not read: turn the card around and swipe it again',
} as const;

/** Where a part of an element is loaded when it is needed, and cannot be. */
export const partWords = {
  'part.missing': 'This part could not be loaded. Try again; if that does not help, reload the page.',
  'part.try-again': 'Try again',
} as const;
