/**
 * The state of an element for styles, as its attribute `state` and as `:state(…)`. The element alone says what it is: where a page
 * writes other markup over it, a server that renders the page again or a copy that was kept, the attribute comes back.
 */

export class ShownState {
  private readonly host: Element;
  private readonly states: CustomStateSet | undefined;
  private shown: string | undefined;

  /** @param states Absent where the state is an attribute only. */
  constructor(host: Element, states?: CustomStateSet) {
    this.host = host;
    this.states = states;
  }

  show(state: string): void {
    if (state === this.shown) return;
    if (this.shown !== undefined) this.states?.delete(this.shown);
    this.states?.add(state);
    this.shown = state;
    this.restore();
  }

  /** To be called when the attribute was changed, by whomever. */
  restore(): void {
    const { host, shown } = this;
    if (host.getAttribute('state') === (shown ?? null)) return;
    if (shown === undefined) host.removeAttribute('state');
    else host.setAttribute('state', shown);
  }
}
