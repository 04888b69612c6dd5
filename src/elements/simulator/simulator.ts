/**
 * `<magtek-simulator>`: the face of a simulated reader, with cards to present, keys to press and things to let go wrong.
 * It does not know connections or messages: it is the hands of the cardholder.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { faults, type FaultName } from '../../simulator/faults/index.js';
import type { ReaderFace } from '../../simulator/face.js';
import type { SimulatedReader } from '../../simulator/simulated-reader.js';
import { testCards, type TestCard, type TestCardName } from '../../simulator/test-cards.js';
import { VERSION } from '../../version.js';
import { findReader } from '../context/find-reader.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { checked } from '../shared/checked.js';
import { Departure } from '../shared/departure.js';
import { simulatorWords } from '../../language/english/simulator.js';
import { LanguageController } from '../../language/language-controller.js';
import { fieldStyles } from '../shared/field-styles.js';
import { loadPart, MissingPartError } from '../shared/load-part.js';
import { simulatedBadge, simulatedBadgeStyles } from '../shared/simulated-badge.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { CardDrag } from './card-drag.js';
import { ScenarioPlayer } from './scenario-player.js';
import { FIELD, SAMPLE_SIGNATURE, SignaturePad } from './signature-pad.js';
import { styles } from './simulator.styles.js';

/** Places of the reader that a card can be brought to, and what a card needs there. */
const places = {
  tap: 'contactless',
  insert: 'contact',
  swipe: 'stripe',
} as const satisfies Readonly<Record<string, keyof TestCard>>;

type Place = keyof typeof places;

const PERCENT: Intl.NumberFormatOptions = { style: 'percent' };

/** Lamps that are lit, of four, as contactless readers light them while they work. */
const lampsOf = ({ state: is, phase }: ReaderFace): number => {
  if (is === 'resetting' || is === 'offline') return 0;
  if (phase === undefined) return is === 'idle' ? 1 : 2;
  return phase === 'waiting-for-card' ? 2 : phase === 'reading' ? 3 : 4;
};

/** Width and height of the simulated screen, for touches. */
const SCREEN = { width: 320, height: 240 } as const;
const LONGEST_PIN = 12;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/**
 * The face of a simulated reader: its display, its lamps, cards to tap, insert and swipe, the PIN keypad, the signature
 * field, and a menu of what can go wrong. For demos and tests: no card is read and no money is moved.
 *
 * @csspart device - The reader itself.
 * @csspart display - What its screen says.
 * @csspart place - Where a card can be brought to: slot, field, stripe reader.
 * @csspart card - A card to present.
 * @csspart keypad - The PIN keypad.
 * @csspart signature - The field to sign on.
 * @csspart faults - The menu of faults.
 */
export class MagtekSimulator extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, fieldStyles, simulatedBadgeStyles, styles];

  /** Id of the `<magtek-reader simulated>`; empty for the nearest around this one. */
  @resettable @property() for = '';

  /**
   * What happens by itself, as a scenario file has it: its address, or the JSON text. It begins anew whenever the attribute or
   * the reader changes. What it says of the reader is for `magtek-elements simulate`: here the reader is there already.
   */
  @resettable @property() scenario = '';

  /** The reader to show, instead of that of a reader element. */
  @property({ attribute: false }) reader: SimulatedReader | undefined;

  @state() private face: ReaderFace | undefined;
  @state() private chosen: TestCardName = 'visa';
  @state() private typed = '';
  @state() private problem = '';
  /** Whether code of the simulated reader or of its scenario could not be loaded. */
  @state() private isPartMissing = false;
  private readonly language = new LanguageController(this, simulatorWords);
  private shown: SimulatedReader | undefined;
  private unsubscribe: (() => void) | undefined;
  /** Counts look-ups, so that a late one is noticed. */
  private looking = 0;
  private readonly drag = new CardDrag(this, (card, place) => {
    this.chosen = card as TestCardName;
    this.present(place as Place);
  });
  private readonly pad = new SignaturePad(this);
  private readonly player = new ScenarioPlayer((error) => {
    if (error instanceof MissingPartError) this.isPartMissing = true;
    else this.problem = this.language.text('simulator.no-scenario', { reason: (error as Error).message });
  });

  private readonly context: ReaderController;

  constructor() {
    super();
    this.context = new ReaderController(this, () => {
      void this.look();
    });
    new Departure(this, () => this.show(undefined));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  protected override willUpdate(): void {
    // What the connection has loaded meanwhile is there for this element, too.
    if (this.isPartMissing && !this.shown && this.context.snapshot.state === 'ready') this.tryAgain();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('reader') || changed.has('for')) void this.look();
    if (changed.has('scenario')) this.player.play(this.shown, this.scenario);
  }

  protected override render(): TemplateResult {
    const { face } = this;
    return html`
      ${simulatedBadge}
      ${
        face
          ? html`${this.deviceTemplate(face)} ${this.cardsTemplate()} ${this.stateTemplate(face)}
            ${this.faultsTemplate(face)}`
          : html`<div class="quiet none">
              ${this.isPartMissing ? this.problemTemplate() : this.language.text('simulator.none')}
            </div>`
      }
    `;
  }

  private deviceTemplate(face: ReaderFace): TemplateResult {
    const { text, number, count } = this.language;
    const lit = lampsOf(face);
    return html`
      <div class="device" part="device">
        <div class="lamps" aria-hidden="true">
          ${[0, 1, 2, 3].map((at) => html`<span class="lamp ${at < lit ? 'on' : ''}"></span>`)}
        </div>
        <div
          class="display"
          part="display"
          role="status"
          aria-label=${text('simulator.display')}
          @pointerdown=${this.touchDisplay}
        >
          ${
            face.choices.length > 0
              ? face.choices.map(
                  (label, at) => html`<button class="choice" data-index=${at} @click=${this.choose}>${label}</button>`,
                )
              : html`<span>${face.display}</span>`
          }
          ${face.state === 'pin' ? html`<span class="mono">${'•'.repeat(this.typed.length)}</span>` : nothing}
        </div>
        <p class="facts quiet">
          <span>${text(`simulator.${face.state}`)}</span>
          <span>${count('simulator.clients', face.clients)}</span>
          <span>${text('simulator.battery', { level: number(face.battery / 100, PERCENT) })}</span>
        </p>
        <div class="places">${(Object.keys(places) as Place[]).map((place) => this.placeTemplate(place, face))}</div>
        <div class="row">
          <button ?disabled=${!face.seated && face.phase !== 'nfc'} @click=${this.takeOut}>
            ${text('simulator.remove')}
          </button>
          <button class="type" @click=${this.typeNumber} ?disabled=${face.phase !== 'waiting-for-card'}>
            ${text('simulator.type')}
          </button>
          <button @click=${this.collide} ?disabled=${face.phase !== 'waiting-for-card'}>
            ${text('simulator.collide')}
          </button>
          <button @click=${this.pressCancel}>${text('simulator.cancel')}</button>
        </div>
      </div>
    `;
  }

  private placeTemplate(place: Place, face: ReaderFace): TemplateResult {
    const { text } = this.language;
    const card: TestCard = testCards[this.chosen];
    const inside = place === 'insert' ? face.seated?.name : undefined;
    return html`
      <button
        class="place ${place} ${this.drag.over === place ? 'over' : ''} ${this.drag.isDragging ? 'open' : ''}"
        part="place"
        data-place=${place}
        aria-disabled=${card[places[place]] && !inside ? 'false' : 'true'}
        @click=${this.bring}
      >
        <span>${text(`simulator.${place}`)}</span>
        <span class="quiet">${inside ? html`<span lang="en">${inside}</span>` : text(`simulator.at-${place}`)}</span>
      </button>
    `;
  }

  private cardsTemplate(): TemplateResult {
    return html`
      <fieldset class="cards">
        <legend>${this.language.text('simulator.choose')}</legend>
        ${(Object.entries(testCards) as [TestCardName, TestCard][]).map(
          ([name, card]) => html`
            <label
              class="card ${card.tag ? 'tag' : ''}"
              part="card"
              data-card=${name}
              @pointerdown=${this.drag.start}
              @pointermove=${this.drag.move}
              @pointerup=${this.drag.finish}
              @pointercancel=${this.drag.abort}
            >
              <input type="radio" name="card" value=${name} ${checked(this.chosen === name)} @change=${this.pick} />
              <span lang="en">${card.name}</span>
              <span class="quiet mono">${card.pan === '' ? 'NFC' : `… ${card.pan.slice(-4)}`}</span>
            </label>
          `,
        )}
      </fieldset>
      <div class="problem bad" role="alert">${this.problemTemplate()}</div>
    `;
  }

  private problemTemplate(): TemplateResult | string {
    const { text } = this.language;
    if (!this.isPartMissing) return this.problem;
    return html`${text('part.missing')}
      <button class="again" @click=${this.tryAgain}>${text('part.try-again')}</button>`;
  }

  /** What the cardholder is asked for now. */
  private stateTemplate(face: ReaderFace): TemplateResult | typeof nothing {
    if (face.state === 'pin') return this.keypadTemplate();
    if (face.state === 'signature') return this.signatureTemplate();
    const isScanning = face.state === 'barcode' || face.phase === 'waiting-for-card' || face.state === 'idle';
    if (!isScanning) return nothing;
    const { text } = this.language;
    return html`
      <form class="row" @submit=${this.showBarcode}>
        <label class="grow"
          >${text('simulator.barcode')} <input name="barcode" autocomplete="off" value="4006381333931"
        /></label>
        <button>${text('simulator.scan')}</button>
      </form>
    `;
  }

  private keypadTemplate(): TemplateResult {
    const { text } = this.language;
    return html`
      <div class="keypad" part="keypad" role="group" aria-label=${text('simulator.keypad')} @keydown=${this.typeKey}>
        ${DIGITS.map((digit) => html`<button value=${digit} @click=${this.typeDigit}>${digit}</button>`)}
        <button class="clear" @click=${this.clearPin}>${text('simulator.clear')}</button>
        <button class="enter primary" @click=${this.enterPin}>${text('simulator.enter')}</button>
      </div>
    `;
  }

  private signatureTemplate(): TemplateResult {
    const { text } = this.language;
    return html`
      <div class="signing">
        <svg
          part="signature"
          role="img"
          aria-label=${text('simulator.field')}
          viewBox="0 0 ${FIELD.width} ${FIELD.height}"
          @pointerdown=${this.pad.down}
          @pointermove=${this.pad.move}
          @pointerup=${this.pad.up}
          @pointercancel=${this.pad.up}
        >
          ${this.pad.render()}
        </svg>
        <div class="row">
          <button @click=${this.pad.clear}>${text('simulator.clear')}</button>
          <button @click=${this.signSample}>${text('simulator.sign-for-me')}</button>
          <button class="primary" ?disabled=${this.pad.strokes.length === 0} @click=${this.sign}>
            ${text('simulator.done')}
          </button>
        </div>
      </div>
    `;
  }

  private faultsTemplate({ faults: active }: ReaderFace): TemplateResult {
    const { text, number } = this.language;
    return html`
      <details class="faults" part="faults">
        <summary>
          ${text(active.length === 0 ? 'simulator.faults' : 'simulator.faults-active', { count: number(active.length) })}
        </summary>
        <ul>
          ${(Object.keys(faults) as FaultName[]).map((name) => this.faultTemplate(name, active.includes(name)))}
        </ul>
        <form class="row refusal" @submit=${this.refuse}>
          <label class="grow"
            >${text('simulator.status')}
            <input name="status" autocomplete="off" required pattern="[0-9A-Fa-f]{6}" value="020102" class="mono"
          /></label>
          <button>${text('simulator.refuse')}</button>
        </form>
      </details>
    `;
  }

  private faultTemplate(name: FaultName, isActive: boolean): TemplateResult {
    const { title, help } = faults[name];
    const control =
      'isMomentary' in faults[name]
        ? html`<button value=${name} @click=${this.startFault}>${title}</button>`
        : html`<label>
            <input type="checkbox" value=${name} ${checked(isActive)} @change=${this.switchFault} />
            ${title}
          </label>`;
    return html`<li lang="en" dir="auto">${control} <span class="quiet">${help}</span></li>`;
  }

  /** Looks for the reader again. */
  private async look(): Promise<void> {
    const looking = ++this.looking;
    let found = this.reader;
    let isMissing = false;
    try {
      found ??= (await loadPart(async () => findReader(this, this.for)?.simulatedReader)) as
        SimulatedReader | undefined;
    } catch {
      isMissing = true;
    }
    if (looking !== this.looking || !this.isConnected) return;
    this.isPartMissing = isMissing;
    this.problem = '';
    this.show(found);
  }

  /** Asks again for what could not be loaded. */
  private tryAgain(): void {
    this.isPartMissing = false;
    if (this.shown) this.player.play(this.shown, this.scenario);
    else void this.look();
  }

  private show(reader: SimulatedReader | undefined): void {
    if (reader === this.shown) return;
    this.unsubscribe?.();
    this.shown = reader;
    this.player.play(reader, this.scenario);
    this.face = reader?.face;
    this.unsubscribe = reader?.subscribe((face) => {
      if (face.state !== 'pin') this.typed = '';
      if (face.state !== 'signature' && this.face?.state === 'signature') this.pad.clear();
      this.face = face;
    });
  }

  /** Brings the chosen card to a place, or says why that cannot be. */
  private present(place: Place): void {
    const card: TestCard = testCards[this.chosen];
    this.problem = '';
    if (!card[places[place]]) this.problem = this.language.text(`simulator.not-${place}`, { card: card.name });
    else if (place === 'insert' && this.face?.seated) this.problem = this.language.text('simulator.occupied');
    else this.shown?.[place](this.chosen);
  }

  private bring(event: Event): void {
    this.present((event.currentTarget as HTMLElement).dataset.place as Place);
  }

  private pick(event: Event): void {
    this.chosen = (event.target as HTMLInputElement).value as TestCardName;
    this.problem = '';
  }

  private takeOut(): void {
    this.shown?.remove();
  }

  private typeNumber(): void {
    this.shown?.type(this.chosen);
  }

  private refuse(event: SubmitEvent): void {
    event.preventDefault();
    const status = new FormData(event.target as HTMLFormElement).get('status');
    if (typeof status === 'string') this.shown?.refuseNext(status);
  }

  private collide(): void {
    this.shown?.collide();
  }

  private pressCancel(): void {
    this.shown?.cancel();
  }

  private choose(event: Event): void {
    this.shown?.select(Number((event.currentTarget as HTMLElement).dataset.index));
  }

  private touchDisplay(event: PointerEvent): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const place = (at: number, size: number, most: number): number =>
      Math.max(0, Math.min(most - 1, Math.floor((at / size) * most)));
    this.shown?.touch(
      place(event.clientX - box.left, box.width, SCREEN.width),
      place(event.clientY - box.top, box.height, SCREEN.height),
    );
  }

  private typeDigit(event: Event): void {
    this.type((event.currentTarget as HTMLButtonElement).value);
  }

  private type(digit: string): void {
    if (this.typed.length < LONGEST_PIN) this.typed += digit;
  }

  /** Digits can be typed wherever the focus is in the keypad. */
  private typeKey(event: KeyboardEvent): void {
    if (/^\d$/.test(event.key)) this.type(event.key);
    else if (event.key === 'Backspace') this.typed = this.typed.slice(0, -1);
  }

  private clearPin(): void {
    this.typed = '';
  }

  private enterPin(): void {
    if (this.typed !== '') this.shown?.enterPin(this.typed);
    this.typed = '';
  }

  private sign(): void {
    this.shown?.sign(this.pad.strokes);
  }

  private signSample(): void {
    this.shown?.sign(SAMPLE_SIGNATURE);
  }

  private showBarcode(event: SubmitEvent): void {
    event.preventDefault();
    const text = new FormData(event.target as HTMLFormElement).get('barcode');
    if (typeof text === 'string' && text !== '') this.shown?.scan(text);
  }

  private startFault(event: Event): void {
    this.shown?.startFault((event.currentTarget as HTMLButtonElement).value as FaultName);
  }

  private switchFault(event: Event): void {
    const { checked, value } = event.target as HTMLInputElement;
    if (checked) this.shown?.startFault(value as FaultName);
    else this.shown?.endFault(value as FaultName);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'magtek-simulator': MagtekSimulator;
  }
}
