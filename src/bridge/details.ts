/**
 * Details of a reader that its bridge publishes beside the status. It asks the reader for a few properties when nobody else does, and
 * reads along what passes. It publishes when something has changed, never more often than it may, and never card data.
 */
import { timeIn, type Environment, type TimerHandle } from '../connection/environment.js';
import { CHANGING_FACTS, LASTING_FACTS, readFact, type ReaderCondition } from '../connection/reader-details.js';
import type { MmsMessage, MmsRequest, MmsResponse } from '../mms/message.js';
import { readHealth } from '../mms/views/health.js';
import { detailsText } from '../transports/reader-details.js';
import { LastSale, type Moment } from './last-sale.js';

export interface DetailsDependencies {
  readonly environment: Environment;
  /** Path of the reader at the broker: the level before the last names its model. */
  readonly path: string;
  /** Seconds between two publications, at least. */
  readonly period: number;
  /** Asks the reader; rejects when it does not answer. */
  readonly ask: (request: MmsRequest) => Promise<MmsResponse>;
  /** Whether a command of a page waits for the reader. */
  readonly isBusy: () => boolean;
  readonly publish: (text: string) => void;
}

/** Milliseconds after which the battery and the lock are asked for again. */
const REFRESH = 600_000;
/** Milliseconds after which “last seen” alone is worth a publication. */
const STALE = 600_000;
/** Milliseconds before a reader that is busy is asked. */
const PATIENCE = 1_000;

type Fact = Parameters<typeof readFact>[0];

export class Details {
  private readonly dependencies: DetailsDependencies;
  private readonly sale = new LastSale();
  private condition: ReaderCondition = {};
  private heardAt: number | undefined;
  private published = '';
  private publishedAt = -Infinity;
  private due: TimerHandle;
  private refresh: TimerHandle;
  /** Counts openings of the reader, so that what one has been asked is not taken for an answer of the next. */
  private opening = 0;
  /** What is still to be asked. */
  private questions: Fact[] = [];
  private isOver = false;

  constructor(dependencies: DetailsDependencies) {
    this.dependencies = dependencies;
  }

  /** Whether a sale runs, as far as was heard. */
  get isSelling(): boolean {
    return this.sale.isRunning(this.moment.now);
  }

  /** The reader is there. */
  opened(): void {
    this.opening++;
    this.isOver = false;
    // Another firmware, or another reader.
    this.condition = {};
    this.questions = [...LASTING_FACTS, ...CHANGING_FACTS];
    this.heardAt = this.moment.at;
    void this.askNext(this.opening);
  }

  /** The reader is gone. */
  closed(): void {
    this.opening++;
    this.dependencies.environment.clearTimeout(this.refresh);
    this.sale.lost(this.moment);
    this.touch();
  }

  /** A message has passed, in either direction. */
  take(message: MmsMessage): void {
    const { moment } = this;
    const { now, at } = moment;
    let isNew = this.sale.take(message, moment);
    if (message.direction === 'from-reader') {
      isNew = this.reported(message, at) || isNew;
      this.heardAt = at;
    }
    if (isNew || now - this.publishedAt >= STALE) this.touch();
  }

  /** The bridge is about to end: what has not been published is published at once. */
  stop(): void {
    const { environment } = this.dependencies;
    environment.clearTimeout(this.refresh);
    if (this.heardAt !== undefined) this.publish();
    environment.clearTimeout(this.due);
    this.due = undefined;
    this.opening++;
    this.isOver = true;
  }

  private get moment(): Moment {
    const { environment } = this.dependencies;
    return { now: environment.now(), at: timeIn(environment) };
  }

  private reported(message: MmsMessage, at: number): boolean {
    const health = readHealth(message, at);
    if (health?.kind === 'battery' && health.level !== undefined) return this.learn({ battery: health.level });
    return health?.kind === 'lock' && this.learn({ isLocked: true });
  }

  private learn(more: ReaderCondition): boolean {
    const before = JSON.stringify(this.condition);
    this.condition = { ...this.condition, ...more };
    return JSON.stringify(this.condition) !== before;
  }

  /** One question after the other, each only when nobody else has one. A reader that does not answer is not asked more. */
  private async askNext(opening: number): Promise<void> {
    const { environment, ask, isBusy } = this.dependencies;
    const [question] = this.questions;
    if (question === undefined) {
      this.touch();
      this.later(REFRESH * (0.9 + 0.2 * environment.random()), opening, () => {
        this.questions = [...CHANGING_FACTS];
      });
      return;
    }
    if (isBusy() || this.isSelling) {
      this.later(PATIENCE, opening);
      return;
    }
    try {
      const found = await readFact(question, ask);
      if (opening !== this.opening) return;
      this.questions.shift();
      this.learn(found);
    } catch {
      if (opening !== this.opening) return;
      this.questions = [];
    }
    await this.askNext(opening);
  }

  private later(milliseconds: number, opening: number, prepare: () => void = () => undefined): void {
    const { environment } = this.dependencies;
    environment.clearTimeout(this.refresh);
    this.refresh = environment.setTimeout(() => {
      prepare();
      void this.askNext(opening);
    }, milliseconds);
  }

  /** Something has changed: it is published when that is allowed again. */
  private touch(): void {
    if (this.due !== undefined || this.isOver) return;
    const { environment, period } = this.dependencies;
    this.due = environment.setTimeout(
      () => {
        this.due = undefined;
        this.publish();
      },
      Math.max(0, this.publishedAt + period * 1000 - environment.now()),
    );
  }

  private publish(): void {
    const { environment, path, publish } = this.dependencies;
    const model = path.split('/').at(-2);
    const { result: lastSale } = this.sale;
    const text = detailsText({
      ...this.condition,
      ...(model === undefined ? {} : { model }),
      ...(this.heardAt === undefined ? {} : { lastSeen: this.heardAt }),
      ...(lastSale ? { lastSale } : {}),
    });
    if (text === this.published) return;
    this.published = text;
    this.publishedAt = environment.now();
    publish(text);
  }
}
