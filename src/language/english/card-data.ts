/** The English words of `<magtek-card-data>`. */
import { copyWords, treeWords } from './common.js';

export const cardDataWords = {
  ...copyWords,
  ...treeWords,
  'card-data.empty': 'No card yet.',
  'card-data.arqc': 'ARQC',
  'card-data.batch': 'Batch',
  'card-data.contact': 'chip',
  'card-data.contactless': 'contactless',
  'card-data.swipe': 'stripe',
  'card-data.manual': 'typed in at the reader',
  'card-data.copy-hex': 'Copy branch as hex',
  'card-data.copy-json': 'Copy branch as JSON',
} as const;
