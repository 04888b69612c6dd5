/**
 * The part of the panel that decodes what is pasted, dropped or chosen: what it was found to be, and its parts as a tree. All that is
 * shown is redacted as the log is; the field, too, shows what was decoded with card data masked.
 */
import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { badInput } from '../../connection/bad-input.js';
import { decodeWords } from '../../language/english/panel-parts.js';
import { errorDetail } from '../../language/error-words.js';
import type { Language } from '../../language/language-controller.js';
import { decodeMessage, START_OF_MESSAGE } from '../../mms/decode.js';
import { MmsError, mmsErrorCodes } from '../../mms/error.js';
import { parseHex, toHex } from '../../mms/hex.js';
import { redactText, redactValue, redactWords } from '../../mms/redact.js';
import { readBytes } from '../../toolbox/notation.js';
import { isFault, type PasteFault, type PasteFaultCode } from '../../toolbox/paste-fault.js';
import { isBinary, recognise, type Finding, type PasteProblem, type Recognised } from '../../toolbox/recognise.js';
import { allowDrop, fileChooser } from '../shared/file-chooser.js';
import { textOfFile } from '../shared/file-text.js';
import { TreeView } from '../shared/tree-view.js';

/** Most characters, or bytes of a file, that are decoded. */
const MOST = 4_194_304;
/** Most characters that the field shows: more of them would hold up the page. */
const MOST_SHOWN = 20_000;
/** Things and problems that are listed. */
const MOST_LISTED = 500;

const NOTHING: Recognised = Object.freeze({ findings: [], problems: [] });

export class DecodePart {
  private readonly host: ReactiveElement;
  private readonly language: Language<keyof typeof decodeWords>;
  private readonly tree: TreeView;
  private text = '';
  private recognised = NOTHING;
  private chosen = 0;
  /** What is to be said of the field. */
  private note: 'decode.long' | 'decode.masked' | undefined;
  private isTooLarge = false;

  constructor(host: ReactiveElement, language: Language) {
    this.host = host;
    this.language = language.with(decodeWords);
    this.tree = new TreeView(host, language, { showsPlaces: true });
  }

  render(): TemplateResult {
    const { isTooLarge, language, note, recognised } = this;
    const { findings, problems } = recognised;
    const { text } = language;
    return html`
      <section part="decode" @dragover=${allowDrop} @drop=${this.dropped}>
        <h2><label for="decode">${text('decode.title')}</label></h2>
        <textarea
          id="decode"
          class="script"
          dir="ltr"
          spellcheck="false"
          autocomplete="off"
          placeholder="AA00…"
          aria-describedby="decode-help decode-problems"
          aria-invalid=${problems.length > 0 || isTooLarge ? 'true' : 'false'}
          .value=${this.text}
          @input=${this.typed}
          @paste=${this.pasted}
        ></textarea>
        <p id="decode-help" class="quiet">${text('decode.help')}</p>
        <div class="actions">
          <button class="primary" @click=${this.asked}>${text('decode.decode')}</button>
          ${fileChooser(text('decode.choose-file'), '', (file) => void this.open(file))}
          <button @click=${this.cleared}>${text('decode.clear')}</button>
        </div>
        <div id="decode-problems" role="alert">
          ${isTooLarge ? html`<p class="bad">${text('decode.too-large', { most: language.number(MOST) })}</p>` : nothing}
          <ul class="problems bad">
            ${problems.slice(0, MOST_LISTED).map((problem) => this.problemTemplate(problem))}
            ${this.moreTemplate(problems.length)}
          </ul>
        </div>
        <p role="status">${findings.length > 0 ? this.foundText() : nothing} ${note ? text(note) : nothing}</p>
        ${findings.length > 1 ? this.choiceTemplate(findings) : nothing}
        ${findings.length > 0 ? this.tree.render(text('decode.parts')) : nothing}
      </section>
    `;
  }

  private foundText(): string {
    const { findings } = this.recognised;
    const [first] = findings;
    const { language } = this;
    if (!first || findings.length > 1) return language.count('decode.several', findings.length);
    const values = {
      kind: language.text(`decode.is-${first.kind}`),
      notation: language.text(`decode.as-${first.notation}`),
    };
    const { packets } = first;
    return packets === undefined
      ? language.text('decode.found', values)
      : language.count('decode.from-packets', packets, values);
  }

  private choiceTemplate(findings: Recognised['findings']): TemplateResult {
    return html`
      <select
        aria-label=${this.language.text('decode.choose')}
        @change=${(event: Event): void => this.choose(Number((event.target as HTMLSelectElement).value))}
      >
        ${findings
          .slice(0, MOST_LISTED)
          .map(
            ({ line, text }, index) =>
              html`<option value=${index} lang="en" ?selected=${index === this.chosen}>${line}: ${text}</option>`,
          )}
      </select>
      ${findings.length > MOST_LISTED ? html`<p class="quiet">${this.moreText(findings.length)}</p>` : nothing}
    `;
  }

  private moreTemplate(count: number): TemplateResult | typeof nothing {
    return count > MOST_LISTED ? html`<li>${this.moreText(count)}</li>` : nothing;
  }

  private moreText(count: number): string {
    return this.language.text('decode.more', { count: this.language.number(count - MOST_LISTED) });
  }

  /** What is wrong, at its line and character. */
  private problemTemplate({ line, place, fault }: PasteProblem): TemplateResult {
    const { language } = this;
    const where = language.text('decode.at', { line: language.number(line), place: language.number(place) });
    return html`<li>${where} ${this.reasonText(fault, place)}</li>`;
  }

  private reasonText({ code, byte, message }: PasteFault, place: number): string {
    const { language } = this;
    if (code === 'no-start' || isPasteCode(code)) return language.text(`decode.${code}`);
    const detail = errorDetail(language, badInput(new MmsError(code, byte ?? place - 1, message)));
    return String(detail);
  }

  private readonly typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.forget();
    this.host.requestUpdate();
  };

  /** Taken before the field has it, so that nothing is there in clear and a long text does not hold up the page. */
  private readonly pasted = (event: ClipboardEvent): void => {
    const added = event.clipboardData?.getData('text') ?? '';
    if (added === '') return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.target as HTMLTextAreaElement;
    this.decode(value.slice(0, selectionStart) + added + value.slice(selectionEnd));
  };

  private readonly dropped = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void this.open(file);
    else this.decode(event.dataTransfer?.getData('text') ?? '');
  };

  private readonly asked = (): void => this.decode(this.text);

  private readonly cleared = (): void => {
    this.text = '';
    this.forget();
    this.host.requestUpdate();
    this.host.renderRoot.querySelector<HTMLElement>('#decode')?.focus();
  };

  private forget(): void {
    this.recognised = NOTHING;
    this.note = undefined;
    this.isTooLarge = false;
  }

  private async open(file: File): Promise<void> {
    if (file.size > MOST) {
      this.refuse();
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.decode(isBinary(bytes) ? bytes : await textOfFile(file));
  }

  private refuse(): void {
    this.text = '';
    this.forget();
    this.isTooLarge = true;
    this.host.requestUpdate();
  }

  private decode(input: string | Uint8Array): void {
    if (input.length > MOST) return this.refuse();
    this.forget();
    this.recognised = recognise(input);
    const { findings, problems } = this.recognised;
    this.show(typeof input === 'string' ? input : '');
    this.choose(0);
    const [first] = problems;
    if (!first || findings.length > 0) return;
    const { offset } = first.fault;
    // In a field, a line end is one character.
    const at = offset - (typeof input === 'string' ? input.slice(0, offset).split('\r\n').length - 1 : 0);
    void this.host.updateComplete.then(() => {
      this.pointAt(at);
    });
  }

  private pointAt(offset: number): void {
    const field = this.host.renderRoot.querySelector<HTMLTextAreaElement>('#decode');
    field?.focus();
    field?.setSelectionRange(offset, offset + 1);
  }

  /** Puts into the field what may be shown of what was decoded, or of what could not be. */
  private show(input: string): void {
    const { findings, problems } = this.recognised;
    // What could not be decoded stays as long as it is: it is not looked through where it is not shown.
    const shown =
      problems.length === 0
        ? decodedText(findings, input)
        : input.length > MOST_SHOWN
          ? input
          : undecodedText(input, findings.length > 0);
    const isLong = shown.length > MOST_SHOWN;
    this.text = isLong ? '' : shown;
    if (isLong) this.note = 'decode.long';
    else if (problems.length > 0 && shown !== input) this.note = 'decode.masked';
  }

  private choose(index: number): void {
    this.chosen = index;
    const finding = this.recognised.findings[index];
    this.tree.show(finding ? finding.tree : []);
    this.host.requestUpdate();
  }
}

const isPasteCode = (code: PasteFault['code']): code is PasteFaultCode => !(code in mmsErrorCodes);

/** In hexadecimal, so that it can be decoded again, with a comment for what is not bytes; ids as they were given, and comments. */
function decodedText(findings: readonly Finding[], input: string): string {
  if (findings.every(({ notation }) => notation === 'text')) return redactWords(input);
  return findings.map(({ bytes, text }) => (bytes.length > 0 ? toHex(bytes) : `# ${text}`)).join('\n');
}

/** As it was given, so that it can be mended, unless there is a card number or a whole message in it. */
function undecodedText(input: string, hasMessages: boolean): string {
  return hasMessages || holdsMessage(input) || holdsCardNumber(input) ? redactWritten(input) : input;
}

/** Whether a line is a whole message, where all lines together are none. */
function holdsMessage(text: string): boolean {
  return text.split(/[\r\n]+/).some((line) => {
    const written = readBytes(line);
    if (isFault(written) || written.bytes[0] !== START_OF_MESSAGE) return false;
    try {
      return decodeMessage(written.bytes).bytes.length > 0;
    } catch {
      return false;
    }
  });
}

/** What people write between hexadecimal digits and in front of them. */
const DECORATION = /(?:(?<![0-9a-f])0x|\\x|[:,;\s-])+/gi;

/** A text as the log hides it, also where its bytes are not written in a row. It is as long as the original. */
function redactWritten(text: string): string {
  const places: number[] = [];
  let plain = '';
  let end = 0;
  const keep = (until: number): void => {
    for (; end < until; end++) {
      plain += text.charAt(end);
      places.push(end);
    }
  };
  for (const { 0: found, index } of text.matchAll(DECORATION)) {
    keep(index);
    plain += ' ';
    places.push(index);
    end = index + found.length;
  }
  keep(text.length);
  const hidden = redactText(plain);
  const shown = Array.from(redactText(text), (character) => character);
  places.forEach((place, at) => {
    if (hidden[at] !== plain[at]) shown[place] = hidden[at] as string;
  });
  return shown.join('');
}

function holdsCardNumber(text: string): boolean {
  if (redactWords(text) !== text) return true;
  const digits = text.replace(/[^0-9a-f]/gi, '');
  const bytes = parseHex(digits.slice(0, digits.length & ~1));
  return redactValue(bytes).some((byte, at) => byte !== bytes[at]);
}
