/** The English words of `<magtek-signature>`. */

export const signatureWords = {
  'signature.label': 'Signature',
  'signature.empty': 'No signature yet.',
  'signature.request': 'Ask for a signature',
  'signature.busy': 'Please sign at the reader.',
  'signature.clear': 'Clear',
} as const;
