/**
 * Gives an element its words, numbers and money in the language of the place where it stands, and renders it again when that
 * language or its words change.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ReaderError } from '../../../client/reader-error.js';
import { currencyByAlpha } from '../../../mms/emv/currency.js';
import { onWords, word } from './catalogue.js';
import { english, type WordKey } from './english.js';
import { nearestLanguage, watchLanguage } from './nearest-language.js';

/** Ways of presenting a card that have words. */
export const cardWays = ['insert', 'tap', 'swipe'] as const;

export class LanguageController implements ReactiveController {
  private readonly host: ReactiveControllerHost & Element;
  private found: string | undefined;
  private stops: readonly (() => void)[] = [];

  constructor(host: ReactiveControllerHost & Element) {
    this.host = host;
    host.addController(this);
  }

  /** The language tag that holds for the element. */
  get tag(): string {
    return (this.found ??= nearestLanguage(this.host));
  }

  hostConnected(): void {
    this.found = undefined;
    this.host.requestUpdate();
    this.stops = [
      watchLanguage(this.host, () => {
        const before = this.found;
        this.found = undefined;
        if (this.tag !== before) this.host.requestUpdate();
      }),
      onWords(() => {
        this.host.requestUpdate();
      }),
    ];
  }

  hostDisconnected(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
  }

  /** A text, with its parts in braces filled in. */
  text(key: WordKey, values: Readonly<Record<string, string>> = {}): string {
    return word(this.tag, key).replace(/\{([a-z]+)\}/g, (part, name: string) => values[name] ?? part);
  }

  /** What to do with a card, for ways such as `insert tap`: `Your card: insert or tap`. */
  cardPrompt(accept: string): string {
    const ways = cardWays.filter((way) => accept.split(/\s+/).includes(way)).map((way) => this.text(`way.${way}`));
    return this.text('prompt.card', { ways: this.format(Intl.ListFormat, { type: 'disjunction' }).format(ways) });
  }

  /** What happened, in this language where its code is known here: the error may come from another copy of this package. */
  errorText({ code, message }: ReaderError): string {
    const key: WordKey = `error.${code}`;
    return key in english ? this.text(key) : message;
  }

  /** What to do about an error. */
  errorHelp({ code, help }: ReaderError): string {
    const key: WordKey = `help.${code}`;
    return key in english ? this.text(key) : help;
  }

  /** An amount with its currency, with the decimals of ISO 4217; as it stands where it is no amount. */
  money(amount: string, currency: string): string {
    const known = currencyByAlpha(currency);
    if (!known || !/^[0-9]+(\.[0-9]+)?$/.test(amount)) return `${amount} ${currency}`.trim();
    const { exponent } = known;
    const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
    // A decimal text keeps all its digits; as a number it might not.
    return this.format(Intl.NumberFormat, { style: 'currency', currency, ...digits }).format(amount as `${number}`);
  }

  number(value: number, options: Intl.NumberFormatOptions = {}): string {
    return this.format(Intl.NumberFormat, options).format(value);
  }

  /** A number of seconds with its unit: `12 seconds`. */
  seconds(value: number): string {
    return this.number(value, { style: 'unit', unit: 'second', unitDisplay: 'long' });
  }

  /** A moment, in milliseconds since 1970. */
  time(at: number, options: Intl.DateTimeFormatOptions = { timeStyle: 'medium' }): string {
    return this.format(Intl.DateTimeFormat, options).format(at);
  }

  /** A formatter for this language; for that of the browser where the tag is none. */
  private format<Options, Formatter>(
    Format: new (locale: string | undefined, options: Options) => Formatter,
    options: Options,
  ): Formatter {
    try {
      return new Format(this.tag, options);
    } catch {
      return new Format(undefined, options);
    }
  }
}
