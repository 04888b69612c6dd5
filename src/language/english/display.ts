/** The English words of `<magtek-display>`. */
import { noReaderWords, outcomeWords, wayWords } from './common.js';

export const displayWords = {
  ...noReaderWords,
  ...outcomeWords,
  ...wayWords,
  'prompt.remove': 'Remove your card',
  'prompt.again': 'Please try again',
  'prompt.phone': 'Look at your phone',
  'prompt.wait': 'Please wait',
  'prompt.collision': 'Present one card only',
  'display.welcome': 'Ready',
  'display.label': 'Reader display',
} as const;
