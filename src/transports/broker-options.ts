/** Options of a broker connection and of the readers at it, apart from addresses. Types only. */

/** Who a page is to a broker. They go to the broker and nowhere else: to no error, log or attribute. */
export interface BrokerCredentials {
  readonly username: string;
  readonly password: string;
}

/** Topics with `{device}` where the path of the reader goes: readers can be set to others (properties 1.2.2.1.2.4 and .5) [PJ]. */
export interface TopicPatterns {
  /** To the reader. Default `{device}/SendCommand`. */
  readonly command?: string;
  /** From the reader. Default `{device}/MMSMessage`. */
  readonly message?: string;
  /** Whether the reader is there. Default `{device}/Status`. */
  readonly status?: string;
}

/**
 * What the status of a reader at a broker says. `unconfirmed`: the broker has kept that it is connected, and nobody has said so
 * since; a broker that was restarted may keep it for ever. `unknown`: nothing is known of its words, or there is none.
 */
export type Presence = 'present' | 'unconfirmed' | 'absent' | 'unknown';

/** How a sale ended, as `TransactionResult.outcome` has it. */
export type SaleEnd = 'approved' | 'declined' | 'deferred' | 'cancelled' | 'timed-out' | 'failed' | 'unknown';

/**
 * What a bridge publishes of its reader beside the status, or the reader itself has answered: never card data, amounts or names. What
 * nobody has said is absent.
 */
export interface ReaderDetails {
  readonly serial?: string;
  readonly model?: string;
  /** Property 2.1.2.2.2.2, the main firmware id [PJ]. */
  readonly firmware?: string;
  /** Percent that are left of the battery: property 2.3.1.2.1.4 [SAMPLE], and what the reader reports by itself. */
  readonly battery?: number;
  /** Property 1.2.5.2.1.1: a locked reader rejects commands [DP 1.2.5]. */
  readonly isLocked?: boolean;
  /** When the reader sent something last: milliseconds since 1970. */
  readonly lastSeen?: number;
  /** How the last sale ended, as far as it can be known without the host, and when: milliseconds since 1970. */
  readonly lastSale?: { readonly outcome: SaleEnd; readonly at: number };
}
