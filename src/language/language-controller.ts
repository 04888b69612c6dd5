/**
 * Gives an element its words, numbers and times in the language of its place in the page, and renders it again when that
 * language or its words change.
 * It does not know what the words are: each element brings its English ones.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fill } from '../connection/template.js';
import { Hydration } from './hydration.js';
import { findWord, onWords } from './catalogue.js';
import { DEFAULT_LANGUAGE, nearestLanguage, watchLanguage } from './nearest-language.js';
import type { CountKey, FallbackKey, WordKey } from './words.js';

/** What stands for the parts in braces of a text. */
export type Values = Readonly<Record<string, string>>;

/** A language for those who know the texts `Key`; one that knows more will do as well. */
export interface Language<Key extends WordKey = never> {
  /** The language tag that holds for the element. */
  readonly tag: string;
  /** A text, with its parts in braces filled in. */
  readonly text: (key: Key, values?: Values) => string;
  /** A text in the form that a number of things needs; `{count}` is the number. */
  readonly count: (key: CountKey<Key>, count: number, values?: Values) => string;
  /** A text whose English came with what it is about, and is complete: an error, say. */
  readonly translate: (key: FallbackKey, english: string, values?: Values) => string;
  /** A decimal text keeps all its digits. */
  readonly number: (value: number | `${number}`, options?: Intl.NumberFormatOptions) => string;
  /** Milliseconds, given as a moment since 1970. */
  readonly time: (at: number, options?: Intl.DateTimeFormatOptions) => string;
  /** A list of which one is chosen: `insert, tap, or swipe`. */
  readonly either: (items: readonly string[]) => string;
  /** The same language for a part of the element that brings further English words. */
  with<More extends WordKey>(english: Readonly<Record<More, string>>): Language<Key | More>;
}

const PLAIN: Intl.NumberFormatOptions = {};
const TIME: Intl.DateTimeFormatOptions = { timeStyle: 'medium' };
const EITHER: Intl.ListFormatOptions = { type: 'disjunction' };
const PLURAL: Intl.PluralRulesOptions = {};

export class LanguageController<Key extends WordKey> implements ReactiveController, Language<Key> {
  private readonly host: ReactiveControllerHost & Element;
  private english: Readonly<Record<string, string>>;
  private readonly hydration: Hydration;
  private found: string | undefined;
  private stops: readonly (() => void)[] = [];
  /** Formatters of the language by their options: they take long to make, and a log has many figures. */
  private formatters = new WeakMap<object, unknown>();

  constructor(host: ReactiveControllerHost & Element, english: Readonly<Record<Key, string>>) {
    this.host = host;
    this.english = english;
    host.addController(this);
    this.hydration = new Hydration(host, () => {
      this.forget();
      this.host.requestUpdate();
    });
  }

  get tag(): string {
    return (this.found ??= this.hydration.isPending ? DEFAULT_LANGUAGE : nearestLanguage(this.host));
  }

  hostConnected(): void {
    this.forget();
    this.host.requestUpdate();
    this.stops = [
      watchLanguage(this.host, () => {
        const before = this.found;
        this.forget();
        if (this.tag !== before) this.host.requestUpdate();
      }),
      onWords(() => this.host.requestUpdate()),
    ];
  }

  hostDisconnected(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
  }

  with<More extends WordKey>(english: Readonly<Record<More, string>>): Language<Key | More> {
    this.english = { ...this.english, ...english };
    return this as unknown as Language<Key | More>;
  }

  readonly text = (key: Key, values?: Values): string =>
    fill(findWord(this.tag, key) ?? this.english[key] ?? key, values);

  readonly count = (key: CountKey<Key>, count: number, values?: Values): string => {
    const form = this.format(Intl.PluralRules, PLURAL).select(count);
    const formKey = `${key}.${form}` as Key;
    const otherKey = `${key}.other` as Key;
    const found =
      findWord(this.tag, formKey) ??
      findWord(this.tag, otherKey) ??
      this.english[count === 1 ? `${key}.one` : otherKey] ??
      key;
    return fill(found, { ...values, count: this.number(count) });
  };

  readonly translate = (key: FallbackKey, english: string, values?: Values): string => {
    const found = findWord(this.tag, key);
    return found === undefined ? english : fill(found, values);
  };

  readonly number = (value: number | `${number}`, options = PLAIN): string =>
    this.format(Intl.NumberFormat, options).format(value);

  readonly time = (at: number, options = TIME): string => this.format(Intl.DateTimeFormat, options).format(at);

  readonly either = (items: readonly string[]): string => this.format(Intl.ListFormat, EITHER).format(items);

  private forget(): void {
    this.found = undefined;
    this.formatters = new WeakMap();
  }

  /** A formatter for this language; for that of the browser where the tag is none. */
  private format<Options extends object, Formatter>(
    Format: new (locale: string | undefined, options: Options) => Formatter,
    options: Options,
  ): Formatter {
    let formatter = this.formatters.get(options) as Formatter | undefined;
    if (!formatter) {
      formatter = make(Format, this.tag, options);
      this.formatters.set(options, formatter);
    }
    return formatter;
  }
}

function make<Options, Formatter>(
  Format: new (locale: string | undefined, options: Options) => Formatter,
  tag: string,
  options: Options,
): Formatter {
  try {
    return new Format(tag, options);
  } catch {
    return new Format(undefined, options);
  }
}
