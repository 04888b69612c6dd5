/**
 * Keeps the focus where it was when what had it is not rendered any more, as a button that gave way to its question: whoever works
 * with keys goes on there, not at the top of the page. No button gets it, which a key that is still held would press.
 */
import type { ReactiveController, ReactiveElement } from 'lit';

export class FocusKeeper implements ReactiveController {
  private readonly host: ReactiveElement;
  /** What has the focus before it is rendered, and what is around it, the nearest first. */
  private focused: readonly Element[] = [];

  constructor(host: ReactiveElement) {
    this.host = host;
  }

  hostUpdate(): void {
    const focused: Element[] = [];
    for (let at = this.host.shadowRoot?.activeElement; at; at = at.parentElement) focused.push(at);
    this.focused = focused;
  }

  hostUpdated(): void {
    const [had] = this.focused;
    const near = this.focused.find(({ isConnected }) => isConnected);
    if (!near || near === had || this.host.shadowRoot?.activeElement) return;
    const place = near.querySelector<HTMLElement>('.actions') ?? (near as HTMLElement);
    // What can have the focus by itself keeps that.
    if (!place.hasAttribute('tabindex')) {
      place.tabIndex = -1;
      place.addEventListener(
        'blur',
        () => {
          place.removeAttribute('tabindex');
        },
        { once: true },
      );
    }
    place.focus();
  }
}
