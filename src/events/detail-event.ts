/** The base of the events of all elements. Their names, details and what else they do is in the class of each. */

/** An event with a detail, which bubbles and crosses shadow roots unless its class says otherwise. */
export abstract class DetailEvent<Detail> extends CustomEvent<Detail> {
  /** The name of the event. */
  declare static readonly type: string;

  constructor(detail: Detail, init?: EventInit) {
    super(new.target.type, { detail, bubbles: true, composed: true, ...init });
  }
}

/** One that a listener answers; cancelling it forbids everybody else to answer. */
export abstract class AnsweredEvent<Detail, Answer> extends DetailEvent<Detail> {
  private answer: Promise<Answer> | undefined;

  constructor(detail: Detail) {
    super(detail, { cancelable: true });
  }

  /**
   * Answers. It must be called during the dispatch; a promise may take its time to settle.
   * @throws {Error} `InvalidStateError` when the event was answered already, or is over.
   */
  respondWith(answer: Promise<Answer> | Answer): void {
    if (this.answer || this.eventPhase === Event.NONE) {
      throw new DOMException('The event was answered already, or is over.', 'InvalidStateError');
    }
    this.answer = Promise.resolve(answer);
    this.preventDefault();
    this.stopImmediatePropagation();
  }

  /** What a listener answered; undefined where none did. */
  get response(): Promise<Answer> | undefined {
    return this.answer;
  }
}
