/**
 * One element on a simulated reader, brought into a state as people and readers bring it there: by presses, cards and messages.
 * It reaches into no private field. It does not know which states there are.
 */
import '../../src/index.js';
import '../../src/elements/receipt/define.js';
import '../../src/elements/setup/define.js';
import '../../src/elements/updater/define.js';
import { MagtekSimulator } from '../../src/elements/simulator/define.js';
import type { StartTransactionOptions } from '../../src/transactions/start-options.js';
import type { MagtekReader } from '../../src/elements/reader/reader.js';
import type { SimulatedReaderOptions } from '../../src/simulator/options.js';
import { SimulatedReader } from '../../src/simulator/simulated-reader.js';
import { SimulatedTransport } from '../../src/simulator/simulated-transport.js';
import { Gate } from './gate.js';
import { HeldClock } from './held-clock.js';

/** How an element is put on a stage. */
export interface StageOptions {
  /** Tag of the element that is shown. */
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly reader?: SimulatedReaderOptions;
}

/** Rounds of the event loop after which a state is not reached any more. */
const MOST_ROUNDS = 1500;

export class Stage {
  readonly clock = new HeldClock();
  readonly reader: SimulatedReader;
  readonly gate: Gate;
  readonly element: MagtekReader;
  /** The element that is shown; for `magtek-reader` the reader element itself. */
  readonly view: HTMLElement;

  constructor({ tag, attributes = {}, reader = {} }: StageOptions) {
    // Without a seed: key serial numbers that another stage has used are refused.
    this.reader = new SimulatedReader({ ...reader, clock: this.clock });
    this.gate = new Gate(new SimulatedTransport(this.reader));
    this.element = document.createElement('magtek-reader');
    this.element.simulated = true;
    // A moment may be looked at for long.
    this.element.requestTimeout = 3600;
    this.element.transport = this.gate;
    this.view = tag === 'magtek-reader' ? this.element : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) this.view.setAttribute(name, value);
    if (this.view instanceof MagtekSimulator) this.view.reader = this.reader;
    if (this.view !== this.element) this.element.append(this.view);
  }

  /** Puts the stage into the page. */
  enter(place: Element): void {
    place.append(this.element);
  }

  /** Takes it out of the page; nothing of it goes on. */
  leave(): void {
    this.element.remove();
    this.reader.close();
    // What a demo cut short is nobody's unresolved sale.
    const { client } = this.element;
    for (const { transactionId } of client?.unresolvedTransactions ?? []) client?.resolveTransaction(transactionId);
  }

  async connect(): Promise<void> {
    await this.element.connect();
    await this.settle();
  }

  /** Starts a sale past the elements, and waits until the reader waits for a card. */
  async sale(options: Partial<StartTransactionOptions> = {}): Promise<void> {
    const terms = { amount: '4.60', currency: 'EUR', accept: 'insert tap swipe', ...options };
    const { result } = this.element.startTransaction(terms);
    void result;
    await this.until(() => this.element.transaction?.phase === 'waiting-for-card');
  }

  /** Sends a command past the elements, and waits for its answer. */
  async send(command: string): Promise<void> {
    let isAnswered = false;
    void this.element.send(command).finally(() => {
      isAnswered = true;
    });
    await this.until(() => isAnswered, { what: command });
  }

  /** Lets the reader’s time pass until the sale is over. */
  async saleEnds(): Promise<void> {
    await this.until(() => this.element.transaction === undefined, { isMoving: true });
  }

  /** Whether the view shows something that fits. */
  has(selector: string): boolean {
    return this.view.shadowRoot?.querySelector(selector) instanceof Element;
  }

  /** The first thing in the view that fits. @throws {Error} where there is none. */
  find(selector: string): HTMLElement {
    const found = this.view.shadowRoot?.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`${this.view.localName} has no ${selector}`);
    return found;
  }

  /** Presses something as a person does, as soon as it is there. */
  async press(selector: string): Promise<void> {
    await this.until(() => this.has(`${selector}:not(:disabled)`), { what: selector });
    this.find(selector).click();
    await this.settle();
  }

  /** Types into a field as a person does. */
  async type(selector: string, text: string): Promise<void> {
    const field = this.find(selector) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.settle();
  }

  /** Waits until something is shown. */
  async shown(selector: string): Promise<void> {
    await this.until(() => this.has(selector), { what: selector });
  }

  /**
   * Waits until something is so.
   * @param isMoving Whether the reader’s time passes meanwhile: ten milliseconds a round.
   * @throws {Error} naming `what` where it does not come.
   */
  async until(isSo: () => boolean, { isMoving = false, what = isSo.toString() } = {}): Promise<void> {
    for (let round = 0; !isSo(); round++) {
      if (round === MOST_ROUNDS) throw new Error(`${this.view.localName} did not come to: ${what}`);
      this.clock.pass(isMoving ? 10 : 0);
      await nextTask();
    }
    await this.settle();
  }

  /** What was begun has been sent, answered and drawn. */
  async settle(): Promise<void> {
    for (let round = 0; round < 8; round++) {
      this.clock.pass(0);
      await nextTask();
    }
  }
}

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
