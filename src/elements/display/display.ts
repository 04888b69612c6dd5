/**
 * `<magtek-display>`: what the reader's screen says, and what the cardholder is to do, in pictures and words.
 * It shows what the client tells and sends nothing.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Unsubscribe } from '../../connection/environment.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { redactText } from '../../mms/redact.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { Countdown } from '../shared/countdown.js';
import { displayWords } from '../../language/english/display.js';
import { LanguageController } from '../../language/language-controller.js';
import { cardPrompt, secondsText } from '../../language/sale-words.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import {
  answered,
  cardMoved,
  EMPTY,
  phaseEntered,
  saleEnded,
  shownText,
  type DisplayView,
  type Prompt,
} from './display-model.js';
import { styles } from './display.styles.js';
import { pictures } from './pictures.js';

/** Where there is no reader. */
const NOBODY = ['unknown'] as const;

const outcomes: ReadonlySet<Prompt> = new Set([
  'approved',
  'declined',
  'deferred',
  'cancelled',
  'timed-out',
  'failed',
  'unknown',
] as const);

/**
 * The reader's screen on the page: its own text as it changes, and prompts for the cardholder with the time that is left.
 *
 * @csspart pictures - The pictures.
 * @csspart prompt - What the cardholder is to do, in the language of the page.
 * @csspart text - The reader's own text, as the reader wrote it.
 * @csspart seconds - The time that is left to present a card.
 */
export class MagtekDisplay extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  @state() private view: DisplayView = EMPTY;

  private readonly language = new LanguageController(this, displayWords);
  private readonly countdown = new Countdown(this);
  private readonly reader = new ReaderController(this, (client) => {
    this.follow(client);
  });
  private unsubscribes: Unsubscribe[] = [];

  protected override render(): TemplateResult {
    const { text, prompt, pictures: drawn } = this.view;
    const { seconds } = this.countdown;
    const isKnown = this.reader.client !== undefined;
    const words = prompt ? this.words(prompt) : this.language.text(isKnown ? 'display.welcome' : 'status.no-reader');
    return html`
      <div role="group" aria-label=${this.language.text('display.label')}>
        <div class="pictures" part="pictures" aria-hidden="true">
          ${(isKnown ? drawn : NOBODY).map((picture) => html`<svg class=${picture} viewBox="0 0 64 64">${pictures[picture]}</svg>`)}
        </div>
        <div role="status">
          <p class="prompt" part="prompt">${words}</p>
          ${text === '' || saysTheSame(text, words) ? nothing : html`<p class="text" part="text">${text}</p>`}
        </div>
        ${
          seconds === undefined
            ? nothing
            : html`<p class="seconds" part="seconds" role="timer" dir="auto">${secondsText(this.language, seconds)}</p>`
        }
      </div>
    `;
  }

  private words(prompt: Prompt): string {
    if (prompt === 'card') return cardPrompt(this.language, this.view.ways.join(' '));
    if (isOutcome(prompt)) return this.language.text(`outcome.${prompt}`);
    return this.language.text(`prompt.${prompt}`);
  }

  private follow(client: ReaderClient | undefined): void {
    for (const unsubscribe of this.unsubscribes) unsubscribe();
    this.show(EMPTY);
    if (!client) {
      this.unsubscribes = [];
      return;
    }
    this.unsubscribes = [
      // A text of the reader is data: should digits of a card stand in it, they are not shown.
      client.observe('display', (detail) => {
        this.show(shownText(this.view, { ...detail, text: redactText(detail.text) }));
      }),
      client.observe('response', (detail) => {
        this.show(answered(this.view, detail));
      }),
      client.observe('card', (detail) => {
        this.show(cardMoved(this.view, detail));
      }),
      client.observe('transaction', ({ phase }) => {
        this.show(phaseEntered(this.view, phase));
      }),
      client.observe('transaction-complete', (result) => {
        this.show(saleEnded(this.view, result));
      }),
      client.observe('state', ({ state: connection }) => {
        if (connection !== 'ready' && connection !== 'stale') this.show(EMPTY);
      }),
    ];
  }

  private show({ seconds, ...view }: DisplayView): void {
    this.view = view;
    if (seconds !== undefined) this.countdown.start(seconds);
    else if (view.prompt !== 'card' && this.countdown.seconds !== undefined) this.countdown.stop();
  }
}

/** Whether a text of the reader is what is shown in larger letters already: “APPROVED”. */
const saysTheSame = (text: string, words: string): boolean => plain(text) === plain(words);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const isOutcome = (
  prompt: Prompt,
): prompt is Exclude<Prompt, 'card' | 'remove' | 'again' | 'phone' | 'wait' | 'collision'> => outcomes.has(prompt);

declare global {
  interface HTMLElementTagNameMap {
    'magtek-display': MagtekDisplay;
  }
}
