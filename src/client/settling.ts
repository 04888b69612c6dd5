/**
 * Sales without an outcome, and money that must be given back: what is noted in the journal, and who is told, when they are asked
 * about, settled or reversed.
 */
import type { Emitter } from '../connection/emitter.js';
import { ReaderError } from '../connection/reader-error.js';
import { assertTimeLimit } from '../connection/time-limit.js';
import { checkedResolution } from '../transactions/resolution.js';
import { resolvedFacts, reversalNote, reversalOverNote, saleNote, settledNote } from '../transactions/settled.js';
import type {
  Inquire,
  InquiryOptions,
  InquiryResult,
  Resolution,
  ReversalRequest,
  Reverse,
} from '../transactions/transaction.js';
import type { Sales } from '../transactions/transactions.js';
import type { UnresolvedTransaction } from '../transactions/unresolved.js';
import type { ClientEvents } from './client-events.js';

/** Seconds. */
const DEFAULT_INQUIRY_TIMEOUT = 60;

export interface SettlingParts {
  readonly sales: Sales;
  readonly emitter: Emitter<ClientEvents>;
  /** Writes into the journal. */
  readonly note: (note: string, error?: ReaderError) => void;
  /** The list of sales without an outcome has changed: views see it before anybody is told. */
  readonly changed: () => void;
}

/** Settles the sales of one client; what the public methods promise is said there. */
export class Settling {
  private readonly parts: SettlingParts;

  constructor(parts: SettlingParts) {
    this.parts = parts;
  }

  reversalNeeded(reversal: ReversalRequest, isUnstored: boolean): void {
    const { emitter, note } = this.parts;
    note(reversalNote(reversal));
    if (isUnstored) note('It could not be stored: only this page knows of it');
    emitter.emit('reversal-needed', reversal);
  }

  reversalOver(item: UnresolvedTransaction, isGivenBack: boolean): void {
    const { changed, emitter, note } = this.parts;
    note(reversalOverNote(item, isGivenBack));
    const facts = resolvedFacts(item);
    changed();
    emitter.emit(
      'transaction-resolved',
      isGivenBack ? { ...facts, via: 'host', approved: false } : { ...facts, via: 'page' },
    );
  }

  async inquire(
    transactionId: string,
    inquire: Inquire,
    { reverse, signal, timeout = DEFAULT_INQUIRY_TIMEOUT }: InquiryOptions,
  ): Promise<InquiryResult> {
    const { note, sales } = this.parts;
    assertTimeLimit('timeout', timeout);
    let result: InquiryResult;
    try {
      result = await sales.inquire(transactionId, inquire, {
        milliseconds: timeout * 1000,
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      if (cause instanceof ReaderError) note(saleNote(transactionId, ': the host could not be asked'), cause);
      throw cause;
    }
    const { outcome, decision } = result;
    note(saleNote(transactionId, `: the host says ${outcome}`));
    // What the host approved and the card refused is not paid; where the card was not heard, a person settles it.
    if (decision && outcome !== 'unknown')
      this.resolve(transactionId, { via: 'host', approved: outcome === 'approved', decision }, reverse);
    return result;
  }

  /** @param reverse In place of that of the client. */
  resolve(transactionId: string, resolution: Resolution, reverse?: Reverse): void {
    const { changed, emitter, note, sales } = this.parts;
    const said = checkedResolution(resolution);
    const resolved = sales.resolve(transactionId, said);
    if (!resolved) return;
    note(settledNote(resolved, said));
    changed();
    const settled = { ...resolvedFacts(resolved), ...said };
    emitter.emit('transaction-resolved', settled);
    if (said.decision) sales.givingBack.settledByHost(settled, said.decision, reverse);
  }

  reverse(transactionId: string, reverse?: Reverse): Promise<boolean> {
    const { note, sales } = this.parts;
    const answered = sales.givingBack.reverse(transactionId, reverse);
    note(saleNote(transactionId, ': the host is told to give the money back'));
    return answered;
  }
}
