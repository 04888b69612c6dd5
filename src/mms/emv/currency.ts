/**
 * Currencies by their codes, with the digits of their minor unit (ISO 4217, list of active currencies).
 * It does not know amounts.
 */

export interface Currency {
  /** Three letters, for example `EUR`. */
  readonly alpha: string;
  /** Three digits, for example `978`. */
  readonly numeric: string;
  /** How many decimals the currency has: 2 for most, 0 for JPY, 3 for BHD. */
  readonly exponent: number;
}

/**
 * The currencies by number, in few bytes. A row: how much its number is above that of the row before where it is not 4; its first
 * letter where it is not that of the row before; its other letters, small; a mark where it has not two decimals: `-` none,
 * `+` three, `*` four. A test holds them against a plain list.
 */
const TABLE =
  '8AllDzd20Arsud8Bsdhd+2dt1Amd1Bbd8mdtnobwp12zd6Sbd6Bnd8MmkBif-8Khr8Cad8veKyd8Lkr8Clp-ny14opKmf-14Crcup11zk' +
  '5Dkk6op8Svc8Etb2rn6Fkpjd20Djf-8Gmd22ip28tqnf-ydHtg8nlkdufIsk-nrdrrrqd+8ls12Jmdpy-6Kzt2Jod+Kespw2rw-wd+3gs' +
  '1Lakbpslrdyd+12Mop8wkyrvr18urxn12nt2dl6ad8Omr+Nad8pr8Xcg1Awg15Vuv-6Nzdio8gn12ok8Pkrab8gk2yg-enhp26Qar9Rub' +
  '3wf-8Shp28ar8cr12gd2Vnd-2SosZar18Ssp20zlekChfSypThb12optdAedTnd+12Ugx-7Mkd11Egp8Gbp8Tzs6Usd18yu2zs22WstYer' +
  '15Twd23Zwg1Sle1Ved1Uyw*1Ves1Mru1Stn3Byn1Tmt2Ghs2Sdg2Uyi-1Rsd2Mzn1Azn2Ron1Che1hw1Try1Xaf-1cd1of-1pf-14Zmw1Srd' +
  '1Mga1Cou1Afn1Tjs1Aoa3Cdf1Bam1Eur1Mxv1Uah1Gel3Bov1Pln1BrlClf*7Usn';
const MARKS = '-..+*';

let number = 0;
let initial = '';
const currencies: readonly Currency[] = Array.from(
  TABLE.matchAll(/(\d*)([A-Z]?)([a-z]{2})([-+*]?)/g),
  ([, step, first, letters, mark]) => {
    number += Number(step || 4);
    initial = first || initial;
    return {
      alpha: initial + (letters as string).toUpperCase(),
      numeric: String(number).padStart(3, '0'),
      exponent: mark ? MARKS.indexOf(mark) : 2,
    };
  },
);

/** The currency with these three letters, in upper case; undefined for others. */
export const currencyByAlpha = (alpha: string): Currency | undefined =>
  currencies.find((currency) => currency.alpha === alpha);

/** The currency with these three digits; undefined for others. */
export const currencyByNumeric = (numeric: string): Currency | undefined =>
  currencies.find((currency) => currency.numeric === numeric);
