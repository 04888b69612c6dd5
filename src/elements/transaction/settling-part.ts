/**
 * Settling a sale without an outcome, one whose money must be given back, and somebody else's sale at the reader: views and buttons.
 * Loaded when there is such a sale, and when a sale begins, which may become one.
 */
import { html, type TemplateResult } from 'lit';
import type { ReaderClient } from '../../client/reader-client.js';
import { recoveryWords } from '../../language/english/recovery.js';
import type { transactionWords } from '../../language/english/transaction.js';
import type { Language } from '../../language/language-controller.js';
import type { InquiryOptions, ResolvedTransaction } from '../../transactions/transaction.js';
import type { UnresolvedTransaction } from '../../transactions/unresolved.js';
import { truth } from '../shared/truth.js';
import { Recovery, type RecoveryHost } from './recovery.js';
import {
  givenBackTemplate,
  recoveryTemplate,
  reversalTemplate,
  settledTemplate,
  type RecoveryLanguage,
} from './recovery-templates.js';

/** How the host is asked and told, in all the ways that the element knows. May throw where one of them cannot be used. */
type Hooks = (client: ReaderClient) => Pick<InquiryOptions, 'inquire' | 'reverse'>;

export class SettlingPart {
  private readonly language: RecoveryLanguage;
  private readonly recovery: Recovery;
  private readonly reversal: Recovery;
  private readonly host: RecoveryHost;
  /** A cancel of somebody else's sale is under way. */
  private isCancelling = false;

  constructor(
    host: RecoveryHost,
    language: Language<keyof typeof transactionWords>,
    { asking, telling }: { readonly asking: Hooks; readonly telling: Hooks },
  ) {
    this.language = language.with(recoveryWords);
    this.recovery = new Recovery(host, '.recovery:not(.reversal)', asking);
    this.reversal = new Recovery(host, '.reversal', telling);
    this.host = host;
  }

  /** Whether a person is settling a sale without an outcome here just now: what comes of it is shown here. */
  get isAtWork(): boolean {
    return this.recovery.isAtWork;
  }

  /** The first of the sales whose outcome nobody knows. */
  withoutOutcome(
    client: ReaderClient,
    sale: UnresolvedTransaction,
    others: number,
    isConnected: boolean,
  ): TemplateResult {
    return recoveryTemplate(this.language, { ...this.recovery.shown(client, sale), sale, others, isConnected });
  }

  /** The first of those whose money must be given back. */
  owed(client: ReaderClient, sale: UnresolvedTransaction, others: number): TemplateResult {
    return reversalTemplate(this.language, { ...this.reversal.shown(client, sale), sale, others });
  }

  /** How a sale was settled that has no outcome of a host. */
  settled(settled: ResolvedTransaction): TemplateResult {
    return settledTemplate(this.language, settled);
  }

  /** Money is not owed any more. */
  givenBack(settled: ResolvedTransaction): TemplateResult {
    return givenBackTemplate(this.language, settled);
  }

  /** The button that cancels the sale that keeps this one from being started, whoever runs it. */
  cancelOther(client: ReaderClient, cancelled: () => void, refused: (cause: unknown) => void): TemplateResult {
    const cancel = (): void => {
      if (this.isCancelling) return;
      this.show(true);
      void client
        .cancelTransaction()
        .then(cancelled, refused)
        .finally(() => this.show(false));
    };
    return html`<button
      part="cancel-other"
      class="cancel-other"
      type="button"
      aria-disabled=${truth(this.isCancelling)}
      @click=${cancel}
    >
      ${this.language.text('recovery.cancel-other')}
    </button>`;
  }

  private show(isCancelling: boolean): void {
    this.isCancelling = isCancelling;
    this.host.requestUpdate();
  }
}
