/** The English words of `<magtek-transaction>`. */
import { outcomeWords, partWords, promptWords, wayWords } from './common.js';

export const transactionWords = {
  ...outcomeWords,
  ...wayWords,
  ...promptWords,
  ...partWords,
  'transaction.pay': 'Pay {amount}',
  'transaction.refund': 'Refund {amount}',
  'transaction.again': 'Try again',
  'transaction.cancel': 'Cancel',
  'transaction.choose': 'Choose how to pay',
  'transaction.starting': 'Starting the reader …',
  'transaction.reading': 'Reading the card. Leave it where it is.',
  'transaction.authorizing': 'Waiting for the decision …',
  'transaction.finishing': 'Finishing …',
  'transaction.done': 'Done',
  'transaction.not-connected': 'The reader is not connected.',
  'transaction.restart-soon': 'The reader restarts in a moment. Payment is possible after that.',
  'transaction.required': 'Pay with a card first.',
  'transaction.required-refund': 'Refund to a card first.',
  'recovery.title': 'How did this transaction end?',
  'reversal.title': 'This money must be given back',
  'recovery.next': 'Continue',
} as const;
