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

/** Letters and number of each currency, six characters, by exponent. */
const table = {
  0: 'BIF108CLP152DJF262GNF324ISK352JPY392KMF174KRW410PYG600RWF646UGX800UYI940VND704VUV548XAF950XOF952XPF953',
  2:
    'AED784AFN971ALL008AMD051AOA973ARS032AUD036AWG533AZN944BAM977BBD052BDT050BMD060BND096BOB068BOV984' +
    'BRL986BSD044BTN064BWP072BYN933BZD084CAD124CDF976CHE947CHF756CHW948CNY156COP170COU970CRC188CUP192' +
    'CVE132CZK203DKK208DOP214DZD012EGP818ERN232ETB230EUR978FJD242FKP238GBP826GEL981GHS936GIP292GMD270' +
    'GTQ320GYD328HKD344HNL340HTG332HUF348IDR360ILS376INR356IRR364JMD388KES404KGS417KHR116KPW408KYD136' +
    'KZT398LAK418LBP422LKR144LRD430LSL426MAD504MDL498MGA969MKD807MMK104MNT496MOP446MRU929MUR480MVR462' +
    'MWK454MXN484MXV979MYR458MZN943NAD516NGN566NIO558NOK578NPR524NZD554PAB590PEN604PGK598PHP608PKR586' +
    'PLN985QAR634RON946RSD941RUB643SAR682SBD090SCR690SDG938SEK752SGD702SHP654SLE925SOS706SRD968SSP728' +
    'STN930SVC222SYP760SZL748THB764TJS972TMT934TOP776TRY949TTD780TWD901TZS834UAH980USD840USN997UYU858' +
    'UZS860VED926VES928WST882XCD951XCG532YER886ZAR710ZMW967ZWG924',
  3: 'BHD048IQD368JOD400KWD414LYD434OMR512TND788',
  4: 'CLF990UYW927',
} as const;

const currencies: readonly Currency[] = Object.entries(table).flatMap(([exponent, rows]) =>
  (rows.match(/.{6}/g) as string[]).map((row) => ({
    alpha: row.slice(0, 3),
    numeric: row.slice(3),
    exponent: Number(exponent),
  })),
);
const byAlpha = /* @__PURE__ */ new Map(/* @__PURE__ */ currencies.map((currency) => [currency.alpha, currency]));
const byNumeric = new Map(currencies.map((currency) => [currency.numeric, currency]));

/** The currency with these three letters, in upper case; undefined for others. */
export const currencyByAlpha = (alpha: string): Currency | undefined => byAlpha.get(alpha);

/** The currency with these three digits; undefined for others. */
export const currencyByNumeric = (numeric: string): Currency | undefined => byNumeric.get(numeric);
