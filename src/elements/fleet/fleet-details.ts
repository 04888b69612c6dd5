/**
 * The columns of details: firmware, battery, lock and the last sale. Loaded when a page names one of them, as most pages name none.
 * It does not know where details come from, but for a reader of its own accord: that one it asks itself.
 */
import { CHANGING_FACTS, LASTING_FACTS, readFact, type ReaderCondition } from '../../connection/reader-details.js';
import type { MmsRequest, MmsResponse } from '../../mms/message.js';
import { fleetDetailsWords } from '../../language/english/fleet-details.js';
import type { Language } from '../../language/language-controller.js';
import type { Compare, DetailColumn, DetailOrder, FleetReader } from './fleet-list.js';

type Words = Language<keyof typeof fleetDetailsWords>;

const PERCENT: Intl.NumberFormatOptions = { style: 'percent' };
const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'short' };

const headings = {
  firmware: 'fleet.firmware',
  battery: 'fleet.battery',
  lock: 'fleet.lock',
  sale: 'fleet.sale-end',
} as const;

/** Details as a list of readers shows them. */
export class FleetDetails {
  private readonly language: Words;
  private readonly columns: () => readonly DetailColumn[];
  private readonly compare: () => Compare;
  /** Texts by reader: another object for each thing that is heard of it. */
  private texts = new WeakMap<FleetReader, string>();
  private textsAre = '';

  /** @param columns those that are shown @param compare how two texts of the person's language are ordered */
  constructor(language: Language, columns: () => readonly DetailColumn[], compare: () => Compare) {
    this.language = language.with(fleetDetailsWords);
    this.columns = columns;
    this.compare = compare;
  }

  heading(column: DetailColumn): string {
    return this.language.text(headings[column]);
  }

  /** What is in a cell; a dash where nothing is known. */
  cell({ details = {} }: FleetReader, column: DetailColumn): string {
    const { language } = this;
    const { firmware, battery, isLocked, lastSale } = details;
    switch (column) {
      case 'firmware':
        return firmware ?? '–';
      case 'battery':
        return battery === undefined ? '–' : language.number(battery / 100, PERCENT);
      case 'lock':
        return isLocked === undefined ? '–' : language.text(isLocked ? 'fleet.locked' : 'fleet.unlocked');
      case 'sale': {
        if (!lastSale) return '–';
        const { outcome, at } = lastSale;
        const word = outcome === 'unknown' ? 'fleet.outcome-unknown' : (`outcome.${outcome}` as const);
        return language.text('fleet.end', { outcome: language.text(word), time: language.time(at, MOMENT) });
      }
    }
  }

  /** How the list is searched and ordered by them. */
  readonly order: DetailOrder = {
    textOf: (reader) => {
      const columns = this.columns();
      // Words of a language may come later than its name.
      const kind = [this.language.tag, ...columns.map((column) => this.heading(column))].join('\n');
      if (kind !== this.textsAre) this.texts = new WeakMap();
      this.textsAre = kind;
      let text = this.texts.get(reader);
      if (text === undefined) {
        text = columns
          .map((column) => this.cell(reader, column))
          .join(' ')
          .toLowerCase();
        this.texts.set(reader, text);
      }
      return text;
    },
    ranksBy: (column, readers) => {
      switch (column) {
        case 'firmware':
          return this.byFirmware(readers);
        case 'battery':
          // The emptiest first; those that do not say it are behind all.
          return ({ details }) => details?.battery ?? UNKNOWN;
        case 'lock':
          return ({ details }) => (details?.isLocked === undefined ? UNKNOWN : details.isLocked ? 0 : 1);
        case 'sale':
          // The latest first.
          return ({ details }) => -(details?.lastSale?.at ?? -UNKNOWN);
      }
    },
  };

  /** There are few firmwares and many readers: only those are compared. */
  private byFirmware(readers: readonly FleetReader[]): (reader: FleetReader) => number {
    const names = new Set(readers.flatMap(({ details }) => details?.firmware ?? []));
    const ranks = new Map([...names].sort(this.compare()).map((name, rank) => [name, rank]));
    return ({ details }) => ranks.get(details?.firmware ?? '') ?? UNKNOWN;
  }

  /** What is said of details that are not shown, above the list. */
  notice(ignored: number, isRefused: boolean): string[] {
    return [
      ...(isRefused ? [this.language.text('fleet.details-refused')] : []),
      ...(ignored > 0 ? [this.language.count('fleet.ignored', ignored)] : []),
    ];
  }

  /** The headings of a table for other programs, and its fields of one reader. */
  get csv(): { readonly headings: readonly string[]; readonly fields: (reader: FleetReader) => readonly string[] } {
    const columns = this.columns();
    return {
      headings: columns.flatMap((column) => forPrograms[column].headings),
      fields: (reader) => columns.flatMap((column) => forPrograms[column].fields(reader)),
    };
  }
}

/** Behind all numbers that there are. */
const UNKNOWN = Number.MAX_SAFE_INTEGER;

interface ForPrograms {
  readonly headings: readonly string[];
  readonly fields: (reader: FleetReader) => readonly string[];
}

const forPrograms: Readonly<Record<DetailColumn, ForPrograms>> = {
  firmware: { headings: ['firmware'], fields: ({ details }) => [details?.firmware ?? ''] },
  battery: { headings: ['battery percent'], fields: ({ details }) => [String(details?.battery ?? '')] },
  lock: { headings: ['locked'], fields: ({ details }) => [String(details?.isLocked ?? '')] },
  sale: {
    headings: ['last sale', 'last sale at'],
    fields: ({ details }) => {
      const { lastSale } = details ?? {};
      return lastSale ? [lastSale.outcome, new Date(lastSale.at).toISOString()] : ['', ''];
    },
  },
};

/**
 * Asks a reader itself, for one of which no bridge publishes anything: four properties, one after the other.
 * @param ask Sends a request and resolves with its answer.
 */
export async function askReader(ask: (request: MmsRequest) => Promise<MmsResponse>): Promise<ReaderCondition> {
  let found: ReaderCondition = {};
  for (const fact of [...LASTING_FACTS, ...CHANGING_FACTS]) found = { ...found, ...(await readFact(fact, ask)) };
  return found;
}
