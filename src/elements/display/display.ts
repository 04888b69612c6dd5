/**
 * `<magtek-display>`: what the reader's screen says, and what the cardholder is to do, in pictures and words.
 * It shows what the client reports and sends nothing.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { Countdown } from '../shared/countdown.js';
import { displayWords } from '../../language/english/display.js';
import { LanguageController } from '../../language/language-controller.js';
import { cardPrompt, secondsText } from '../../language/sale-words.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { hintPictures, isOutcome, type CardholderView, type Prompt } from '../cardholder/cardholder-view.js';
import { CardholderWatch } from '../cardholder/cardholder-watch.js';
import { pictureStyles, pictureTemplate } from '../cardholder/pictures.js';
import { styles } from './display.styles.js';

/** Where there is no reader. */
const NOBODY = ['unknown'] as const;

/**
 * The reader's screen on the page: its own text as it changes, and prompts for the cardholder with the time that is left.
 *
 * @csspart pictures - The pictures.
 * @csspart prompt - What the cardholder is to do, in the language of the page.
 * @csspart hint - What the cardholder is to do or to know besides, when the sale is over.
 * @csspart text - The reader's own text, as the reader wrote it.
 * @csspart seconds - The time that is left to present a card.
 */
export class MagtekDisplay extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, pictureStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  private readonly language = new LanguageController(this, displayWords);
  private readonly countdown = new Countdown(this);
  private readonly watch = new CardholderWatch(this, (view) => this.show(view));
  private readonly reader = new ReaderController(this, (client) => this.watch.follow(client));

  protected override render(): TemplateResult {
    const { text, prompt, pictures: drawn, hints } = this.watch.view;
    const { seconds } = this.countdown;
    const isKnown = this.reader.client !== undefined;
    const words = prompt ? this.words(prompt) : this.language.text(isKnown ? 'display.welcome' : 'status.no-reader');
    return html`
      <div role="group" aria-label=${this.language.text('display.label')}>
        <div class="pictures" part="pictures" aria-hidden="true">
          ${(isKnown ? [...drawn, ...hints.map((hint) => hintPictures[hint])] : NOBODY).map(pictureTemplate)}
        </div>
        <div role="status">
          <p class="prompt" part="prompt">${words}</p>
          ${hints.map((hint) => html`<p class="hint" part="hint">${this.language.text(`prompt.${hint}`)}</p>`)}
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
    if (prompt === 'card') return cardPrompt(this.language, this.watch.view.ways.join(' '));
    if (isOutcome(prompt)) return this.language.text(`outcome.${prompt}`);
    return this.language.text(`prompt.${prompt}`);
  }

  private show({ seconds, ways }: CardholderView): void {
    if (seconds !== undefined) this.countdown.start(seconds);
    else if (ways.length === 0 && this.countdown.seconds !== undefined) this.countdown.stop();
  }
}

/** Whether a text of the reader is what is shown in larger letters already: “APPROVED”. */
const saysTheSame = (text: string, words: string): boolean => plain(text) === plain(words);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

declare global {
  interface HTMLElementTagNameMap {
    'magtek-display': MagtekDisplay;
  }
}
