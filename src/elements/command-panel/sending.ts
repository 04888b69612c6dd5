/**
 * Sends what a part of the panel asks for, after a question where it could do harm, and shows the answer beside that part.
 * It does not know where commands come from.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ReaderError } from '../../connection/reader-error.js';
import { isOpen } from '../../connection/connection-state.js';
import { decodeMessage } from '../../mms/decode.js';
import type { MmsRequest } from '../../mms/message.js';
import type { ReaderController } from '../context/reader-controller.js';
import { answerTemplate, type Answer } from './answer.js';
import { dangerOf, isDangerous } from './check-command.js';
import type { PanelLanguage } from './panel-language.js';
import type { PanelMemory } from './panel-memory.js';

/** Where a command is sent from. */
export type Place = 'catalogue' | 'custom';

/** Asks whether a dangerous command is meant. */
interface Question {
  readonly place: Place;
  readonly text: ReturnType<typeof dangerOf>;
  readonly send: () => void;
}

export class Sending {
  private readonly host: ReactiveControllerHost;
  private readonly language: PanelLanguage;
  private readonly reader: ReaderController;
  private readonly memory: PanelMemory;
  private answer: { readonly place: Place; readonly of: Answer } | undefined;
  private question: Question | undefined;

  constructor(host: ReactiveControllerHost, language: PanelLanguage, reader: ReaderController, memory: PanelMemory) {
    this.host = host;
    this.language = language;
    this.reader = reader;
    this.memory = memory;
  }

  /** Whether something can be sent now. */
  get isReady(): boolean {
    return this.reader.client !== undefined && isOpen(this.reader.snapshot.state);
  }

  /** Sends, after a question where it could do harm. */
  ask(place: Place, id: number, request: MmsRequest | Uint8Array): void {
    const send = (): void => {
      void this.send(place, request);
    };
    if (isDangerous(id)) this.question = { place, text: dangerOf(id), send };
    else send();
    this.host.requestUpdate();
  }

  /** Takes the question back: what it was about has changed. */
  dismiss(): void {
    this.question = undefined;
    this.host.requestUpdate();
  }

  /** Forgets answer and question: another reader was chosen. */
  reset(): void {
    this.answer = undefined;
    this.dismiss();
  }

  /** The button that sends, or the question, and below it the answer. */
  render(place: Place, label: string, send: () => void): TemplateResult {
    const { answer, language, question } = this;
    return html`
      ${question?.place === place ? this.questionTemplate(question) : this.buttonTemplate(place, label, send)}
      <div aria-live="polite">${answer?.place === place ? answerTemplate(language, answer.of) : nothing}</div>
    `;
  }

  private questionTemplate({ text, send }: Question): TemplateResult {
    const { language } = this;
    return html`
      <div class="actions" role="group" aria-label=${language.text('panel.confirm')}>
        <span>${language.text(text)}</span>
        <button part="send" class="primary" @click=${send}>${language.text('panel.send-it')}</button>
        <button @click=${(): void => this.dismiss()}>${language.text('panel.do-not-send')}</button>
      </div>
    `;
  }

  private buttonTemplate(place: Place, label: string, send: () => void): TemplateResult {
    const { isReady, language } = this;
    return html`
      <div class="actions">
        <button
          part="send"
          class="primary"
          aria-disabled=${isReady ? 'false' : 'true'}
          aria-describedby=${isReady ? nothing : `why-${place}`}
          @click=${isReady ? send : nothing}
        >
          ${label}
        </button>
        ${isReady ? nothing : html`<span id="why-${place}" class="quiet">${language.text('panel.not-open')}</span>`}
      </div>
    `;
  }

  private async send(place: Place, request: MmsRequest | Uint8Array): Promise<void> {
    this.dismiss();
    const { client } = this.reader;
    if (!client) return;
    this.memory.sent(ArrayBuffer.isView(request) ? (decodeMessage(request) as MmsRequest) : request);
    const waiting = { place, of: { kind: 'waiting' } } as const;
    this.answer = waiting;
    const start = performance.now();
    const answer: Answer = await client.request(request).then(
      (response) => ({ kind: 'response', response, milliseconds: performance.now() - start }) as const,
      (error: unknown) => ({ kind: 'error', error: error as ReaderError }) as const,
    );
    // Another command was sent meanwhile, or another reader chosen: its answer is the one to show.
    if (this.answer !== waiting) return;
    this.answer = { place, of: answer };
    this.host.requestUpdate();
  }
}
