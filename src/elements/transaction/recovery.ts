/**
 * The steps of people about a sale without an outcome, or about one whose money must be given back: stop the reader, ask or tell
 * the host, settle it by hand. The sales themselves are the client's; this holds what is under way and what came of it.
 */
import type { ReactiveControllerHost } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';
import type { InquiryOptions, TransactionPhase } from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import type { RecoveryNote, ShownRecovery } from './recovery-templates.js';

/** Phases in which no card had met the reader for the sale. */
const beforeCard: ReadonlySet<TransactionPhase> = new Set(['starting', 'waiting-for-card']);

type Said = Pick<ShownRecovery, 'note' | 'error' | 'isIncomplete'>;

const NOTHING_SAID: Said = { note: undefined, error: undefined, isIncomplete: false };

type Shown = Omit<ShownRecovery, 'sale' | 'others' | 'isConnected'>;

export interface RecoveryHost extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
}

type RecoveryHooks = Pick<InquiryOptions, 'inquire' | 'reverse'>;

export class Recovery {
  private readonly host: RecoveryHost;
  /** How the host is asked and told, in all the ways that the element knows. May throw where one of them cannot be used. */
  private readonly hooks: (client: ReaderClient) => RecoveryHooks;
  /** Selects the box that has the fields for it. */
  private readonly box: string;
  private isBusy = false;
  private said: Said = NOTHING_SAID;
  /** Id of the sale that it is said about. */
  private about = '';

  constructor(host: RecoveryHost, box: string, hooks: (client: ReaderClient) => RecoveryHooks) {
    this.host = host;
    this.box = box;
    this.hooks = hooks;
  }

  /** Whether a person is settling a sale here just now: what comes of it is shown here. */
  get isAtWork(): boolean {
    return this.isBusy;
  }

  shown(client: ReaderClient, sale: UnresolvedTransaction): Shown {
    const { isBusy } = this;
    return {
      isBusy,
      ...(this.about === sale.transactionId ? this.said : NOTHING_SAID),
      ask: () => {
        void this.work(sale, 'recovery.asking', () => this.ask(client, sale));
      },
      cancel: () => {
        void this.work(sale, 'recovery.cancelling', () => this.cancel(client, sale));
      },
      reverse: () => {
        void this.work(sale, 'reversal.telling', () => this.reverse(client, sale));
      },
      settle: (isPaid) => {
        void this.work(sale, undefined, () => this.settle(client, sale, isPaid));
      },
    };
  }

  private async ask(client: ReaderClient, { transactionId }: UnresolvedTransaction): Promise<Said> {
    const { outcome, because } = await client.inquireTransaction(transactionId, this.hooks(client));
    const why = because ? 'recovery.card-silent' : 'recovery.unknown';
    return { ...NOTHING_SAID, note: outcome === 'unknown' ? why : undefined };
  }

  private async reverse(client: ReaderClient, { transactionId }: UnresolvedTransaction): Promise<Said> {
    const { reverse } = this.hooks(client);
    const isGivenBack = await client.reverseTransaction(transactionId, reverse ? { reverse } : {});
    return { ...NOTHING_SAID, note: isGivenBack ? undefined : 'reversal.not-yet' };
  }

  private async cancel(client: ReaderClient, sale: UnresolvedTransaction): Promise<Said> {
    const wasRunning = await stopReader(client);
    // No card had come, and the page that could have asked a host about one is gone.
    if (!sale.arqc && beforeCard.has(sale.phase)) {
      client.resolveTransaction(sale.transactionId, { via: 'reader', approved: false });
      return NOTHING_SAID;
    }
    return { ...NOTHING_SAID, note: wasRunning ? 'recovery.cancelled' : 'recovery.not-running' };
  }

  private settle(client: ReaderClient, { transactionId }: UnresolvedTransaction, approved: boolean): Said {
    const [by, how] = this.host.renderRoot.querySelectorAll<HTMLInputElement>(`${this.box} input`);
    const who = by?.value.trim();
    const known = how?.value.trim();
    if (!who || !how || !known) return { ...NOTHING_SAID, isIncomplete: true };
    client.resolveTransaction(transactionId, { via: 'hand', approved, by: who, how: known });
    // How it is known of this sale says nothing of the next, which is shown in the same place.
    how.value = '';
    return NOTHING_SAID;
  }

  /** One thing at a time; what goes wrong is shown. */
  private async work(
    { transactionId }: UnresolvedTransaction,
    note: RecoveryNote | undefined,
    task: () => Said | Promise<Said>,
  ): Promise<void> {
    if (this.isBusy) return;
    this.about = transactionId;
    this.isBusy = true;
    this.say({ ...NOTHING_SAID, note });
    let said: Said = NOTHING_SAID;
    try {
      said = await task();
    } catch (cause) {
      if (!(cause instanceof ReaderError)) throw cause;
      said = { ...NOTHING_SAID, error: cause };
    } finally {
      this.isBusy = false;
      this.say(said);
    }
  }

  private say(said: Said): void {
    this.said = said;
    this.host.requestUpdate();
  }
}

/** Cancels whatever the reader does; whether it did anything. */
async function stopReader(client: ReaderClient): Promise<boolean> {
  try {
    await client.cancelTransaction();
    return true;
  } catch (cause) {
    if (cause instanceof ReaderError && cause.status?.code === 'no-transaction') return false;
    throw cause;
  }
}
