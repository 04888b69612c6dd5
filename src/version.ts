/** The version of this package, for the warning about two of them in a page. A test compares it with package.json. */
export const VERSION = '0.1.0';
