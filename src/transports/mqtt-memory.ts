/**
 * A page's memory of a broker and its own rights there, for as long as it is open: which topics a connection ended over,
 * and whether this broker ends connections for what it forbids, as RabbitMQ does. It opens nothing.
 */

/** Ends without a reason in which a topic was under way each time, after which it is held to be forbidden. */
const ENOUGH_ENDS = 3;
/** The same for a topic whose name some brokers do not take. */
const ENOUGH_ENDS_OF_NAMES = 2;
/** Topics that one reader asks for at once. */
const TOPICS_OF_ONE = 2;
/** How many topics are remembered. */
const REMEMBERED = 1_000;

/**
 * What brokers take in a level of a topic in different ways: NATS ends the connection at a space or a dot, RabbitMQ makes a dot
 * a level and `*` a wildcard. Letters, digits, `-` and `_` are the same everywhere.
 */
const UNSAFE = /[^\p{L}\p{N}/_+#-]/u;

/** The first character of a path or topic that not every broker takes; undefined where all do. */
export const unsafeCharacterIn = (topic: string): string | undefined => UNSAFE.exec(topic)?.[0];

/** Why a topic is not asked for again. */
export type Verdict = 'forbidden' | 'bad-name';

export class BrokerMemory {
  /** How often a connection has ended while a topic was under way, and nothing has shown since that it is allowed. */
  private readonly ends = new Map<string, number>();
  private readonly granted = new Set<string>();
  private isStrict = false;

  /** Whether topics are better asked for over a connection of their own, because others could end with them. */
  needsOwnConnection(filters: readonly string[], topics: readonly string[]): boolean {
    if ([...filters, ...topics].some((topic) => this.ends.has(topic))) return true;
    return this.isStrict && !filters.every((filter) => this.granted.has(filter));
  }

  /** A subscription was confirmed, or a command was answered. */
  allowed(topic: string, isFilter: boolean): void {
    this.ends.delete(topic);
    if (isFilter && this.granted.size < REMEMBERED) this.granted.add(topic);
  }

  /**
   * A connection has ended by itself while these topics were under way.
   * @param isRefusal whether the broker has said that it ended it for what was asked
   * @returns what is certain now
   */
  ended(suspects: readonly string[], isRefusal: boolean): Map<string, Verdict> {
    if (isRefusal) this.isStrict = true;
    const verdicts = new Map<string, Verdict>();
    // Of many at once, most are innocent: a broker that is restarted ends all of them.
    if (!isRefusal && suspects.length > TOPICS_OF_ONE) return verdicts;
    for (const topic of suspects) {
      const ends = (this.ends.get(topic) ?? 0) + 1;
      this.granted.delete(topic);
      if (this.ends.size < REMEMBERED) this.ends.set(topic, ends);
      if (ends >= ENOUGH_ENDS_OF_NAMES && unsafeCharacterIn(topic)) verdicts.set(topic, 'bad-name');
      else if (ends >= ENOUGH_ENDS || (isRefusal && suspects.length === 1)) verdicts.set(topic, 'forbidden');
      if (verdicts.has(topic)) this.ends.delete(topic);
    }
    return verdicts;
  }
}
