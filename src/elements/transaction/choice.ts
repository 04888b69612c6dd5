/**
 * The choice that a reader without a display asks its host to offer: shown with the time that is left, answered by keyboard or
 * touch, cancelled, or over in time. The first answer goes to the reader, and none after it.
 */
import { html, type LitElement, type TemplateResult } from 'lit';
import type { SelectionRequestDetail } from '../../client/client-events.js';
import { redactText } from '../../mms/redact.js';
import { Countdown } from '../shared/countdown.js';
import { keepFocus } from './focus-soon.js';

/** Titles of a choice of applications [PJ]; other titles are shown as the reader wrote them. */
const APPLICATIONS = /^$|application/i;

export class Choice {
  private readonly host: LitElement;
  private readonly failed: (cause: unknown) => void;
  private readonly countdown: Countdown;
  private offered: SelectionRequestDetail | undefined;

  /** @param failed Gets what went wrong with an answer that nobody waits for. */
  constructor(host: LitElement, failed: (cause: unknown) => void) {
    this.host = host;
    this.failed = failed;
    this.countdown = new Countdown(host, () => {
      this.dismiss('timed-out').catch(failed);
    });
  }

  /** Whether the reader waits for an answer. */
  get isOpen(): boolean {
    return this.offered !== undefined;
  }

  /** Seconds that are left; undefined where the reader sets no limit. */
  get seconds(): number | undefined {
    return this.countdown.seconds;
  }

  /** What the reader asks, in its own words; empty for a choice of applications, which the element asks for in its own. */
  get title(): string {
    const { title = '' } = this.offered ?? {};
    return APPLICATIONS.test(title) ? '' : redactText(title);
  }

  offer(detail: SelectionRequestDetail): void {
    this.close();
    this.offered = detail;
    if (detail.seconds !== undefined) this.countdown.start(detail.seconds);
    this.host.requestUpdate();
    // To the list, so that a key pressed meanwhile chooses nothing.
    keepFocus(this.host, '.choices');
  }

  /** The reader waits for no answer any more. */
  close(): void {
    if (!this.offered) return;
    this.offered = undefined;
    this.countdown.stop();
    this.host.requestUpdate();
  }

  /**
   * Tells the reader that nothing was chosen.
   * @throws {ReaderError} as {@link SelectionRequestDetail.dismiss}.
   */
  async dismiss(why: 'cancelled' | 'timed-out'): Promise<void> {
    const { offered } = this;
    this.close();
    await offered?.dismiss(why);
  }

  render(labelId: string): TemplateResult {
    const { lines = [] } = this.offered ?? {};
    return html`
      <ul class="choices" part="choices" tabindex="-1" aria-labelledby=${labelId} @keydown=${this.keyed}>
        ${lines.map(
          (line, index) =>
            html`<li>
              <button type="button" @click=${(): void => this.choose(index)}>${redactText(line)}</button>
            </li>`,
        )}
      </ul>
    `;
  }

  /** Chooses from the lines that were shown, whatever the reader asks for meanwhile. */
  private choose(index: number): void {
    const { offered } = this;
    keepFocus(this.host, '.cancel');
    this.close();
    offered?.select(index).catch(this.failed);
  }

  /** Up and down go through the choices, beside the keys that every button has. */
  private readonly keyed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(event.currentTarget as Element).querySelectorAll('button')];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    const first = step > 0 ? 0 : buttons.length - 1;
    buttons.at(at < 0 ? first : (at + step) % buttons.length)?.focus();
  };
}
