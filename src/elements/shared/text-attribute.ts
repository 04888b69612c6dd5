/**
 * An attribute that reflects a text and is absent while the text is empty: what a server has rendered stays as it was, and frameworks
 * that compare it find no difference.
 */

export const textAttribute = {
  toAttribute: (text: string): string | null => (text === '' ? null : text),
} as const;
