/**
 * Loads the columns of details when a page names one, and keeps what went wrong with them. Without them nothing of it is loaded.
 */
import type { ReactiveControllerHost } from 'lit';
import { loadPart, whenMissing } from '../shared/load-part.js';
import type { askReader, FleetDetails } from './fleet-details.js';
import { isDetail, type Compare, type DetailColumn, type FleetColumn } from './fleet-list.js';
import type { FleetLanguage } from './fleet-rows.js';

export class DetailColumns {
  private readonly host: ReactiveControllerHost;
  private readonly language: FleetLanguage;
  private readonly compare: () => Compare;
  private columns: readonly DetailColumn[] = [];
  private loaded: FleetDetails | undefined;
  private ask: typeof askReader | undefined;
  private isLoading = false;
  private isMissing = false;
  private isRefused = false;
  /** Readers of which something else is published as details. */
  private readonly ignored = new Set<string>();

  /** @param compare how two texts of the person's language are ordered */
  constructor(host: ReactiveControllerHost, language: FleetLanguage, compare: () => Compare) {
    this.host = host;
    this.language = language;
    this.compare = compare;
  }

  /** Whether a page wants any. */
  get isWanted(): boolean {
    return this.columns.length > 0;
  }

  /** The columns, where they are wanted and loaded. */
  get part(): FleetDetails | undefined {
    return this.isWanted ? this.loaded : undefined;
  }

  /** Asks a reader itself; undefined where they are not wanted or loaded. */
  get askReader(): typeof askReader | undefined {
    return this.isWanted ? this.ask : undefined;
  }

  /** What is said above the list. */
  get notices(): readonly string[] {
    if (!this.isWanted) return [];
    return [
      ...(this.loaded?.notice(this.ignored.size, this.isRefused) ?? []),
      ...(this.isMissing ? [this.language.text('part.missing')] : []),
    ];
  }

  /**
   * Takes the columns that a page names. Those that could not be loaded are loaded again when it names others.
   * @returns whether details are wanted now and were not before, or the other way round
   */
  want(columns: readonly FleetColumn[]): boolean {
    const wanted = columns.filter(isDetail);
    const wasWanted = this.isWanted;
    if (wanted.join() !== this.columns.join()) this.isMissing = false;
    this.columns = wanted;
    if (this.isWanted && !this.loaded && !this.isLoading && !this.isMissing) void this.load();
    return this.isWanted !== wasWanted;
  }

  /** Something was published as details of a reader. */
  heard(path: string, isReadable: boolean): void {
    if (isReadable) this.ignored.delete(path);
    else this.ignored.add(path);
  }

  /** The broker does not let this user see details. */
  refused(): void {
    this.isRefused = true;
    this.host.requestUpdate();
  }

  /** Nothing is listened to any more. */
  reset(): void {
    this.ignored.clear();
    this.isRefused = false;
  }

  private async load(): Promise<void> {
    this.isLoading = true;
    try {
      const part = await loadPart(() => import('./fleet-details.js'));
      this.loaded = new part.FleetDetails(this.language, () => this.columns, this.compare);
      this.ask = part.askReader;
    } catch (error) {
      whenMissing(() => {
        this.isMissing = true;
      })(error);
    } finally {
      this.isLoading = false;
      this.host.requestUpdate();
    }
  }
}
