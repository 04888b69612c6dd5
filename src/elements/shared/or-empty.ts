/**
 * Text that may not be there: frameworks set null or undefined for what they do not know yet, and Lit sets null where an
 * attribute is taken away. It knows no element.
 */
export const orEmpty = (text: string | null | undefined): string => text ?? '';
