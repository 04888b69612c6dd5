/**
 * Registered providers of card applications (ISO/IEC 7816-5), by the first five bytes of an application identifier, and the
 * contactless kernel that each uses (EMV Contactless Book B, table 3-6).
 */

export const VISA = 'A000000003';
export const MASTERCARD = 'A000000004';

/** Numbers of kernels by provider, as in the names of the books C-2 to C-7. */
const kernels: Readonly<Record<string, number>> = {
  [MASTERCARD]: 2,
  [VISA]: 3,
  A000000025: 4, // American Express
  A000000065: 5, // JCB
  A000000152: 6, // Discover
  A000000333: 7, // UnionPay
};

export const REGISTRATION_DIGITS = 10;

/** The provider of an application. */
export const registrationOf = (application: string): string => application.slice(0, REGISTRATION_DIGITS);

/** The kernel of an application; undefined where it has none of its own. */
export const kernelOf = (application: string): number | undefined => kernels[registrationOf(application)];
