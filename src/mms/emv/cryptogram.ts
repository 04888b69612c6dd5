/** Kinds of application cryptograms, as cryptogram information data (9F27) name them. */

/** Kinds of application cryptograms: the card approved, asks the host, or declined. */
export type CryptogramType = 'TC' | 'ARQC' | 'AAC';

/** The kinds by the two highest bits of 9F27 (EMV Book 3, table 15); the fourth value is reserved. */
export const cryptogramTypes = ['AAC', 'TC', 'ARQC'] as const satisfies readonly CryptogramType[];

/** Bits below those of the kind. */
export const BELOW = 6;

/** The kind that a first byte of 9F27 names; undefined for the reserved one. */
export const cryptogramTypeOf = (information: number): CryptogramType | undefined =>
  cryptogramTypes[information >> BELOW];

/** 9F27 of a cryptogram of that kind, without advice or reason. */
export const cryptogramInformation = (type: CryptogramType): number => cryptogramTypes.indexOf(type) << BELOW;
