/** The visible state of a simulated reader. */
import type { FaultName } from './faults/index.js';
import type { SalePhase } from './sale.js';
import type { TestCard } from './test-cards.js';

/** What the reader is doing. */
export type SimulatedState =
  | 'idle'
  | 'transaction'
  | 'pin'
  | 'signature'
  | 'barcode'
  | 'buzzer'
  | 'showing'
  | 'emulating'
  | 'updating'
  | 'resetting'
  | 'offline';

/** What can be seen of the reader. */
export interface ReaderFace {
  readonly state: SimulatedState;
  /** What its screen says. */
  readonly display: string;
  /** How many clients are connected. */
  readonly clients: number;
  /** What a running sale is doing. */
  readonly phase?: SalePhase;
  /** What the cardholder may choose from now. */
  readonly choices: readonly string[];
  /** The card in the slot. */
  readonly seated?: TestCard;
  /** Percent. */
  readonly battery: number;
  readonly faults: readonly FaultName[];
}
