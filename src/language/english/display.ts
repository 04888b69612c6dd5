/** The English words of `<magtek-display>`. */
import { noReaderWords, outcomeWords, promptWords, wayWords } from './common.js';

export const displayWords = {
  ...noReaderWords,
  ...outcomeWords,
  ...wayWords,
  ...promptWords,
  'prompt.wait': 'Please wait',
  'display.welcome': 'Ready',
  'display.label': 'Reader display',
} as const;
