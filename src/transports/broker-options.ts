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
