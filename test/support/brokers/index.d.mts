/** Types of `index.mjs`. */
import type { AnyBroker, AnyBrokerOptions, BrokerKind } from './broker.mjs';

export type { AnyBroker, AnyBrokerOptions, BrokerKind, BrokerUser } from './broker.mjs';

export interface BrokerRow {
  /** Why it cannot be had here; undefined where it can. */
  readonly missing: string | undefined;
  start(options?: AnyBrokerOptions): Promise<AnyBroker>;
}

export type BrokerRows = Readonly<Record<BrokerKind, BrokerRow>>;

export const brokers: BrokerRows;
