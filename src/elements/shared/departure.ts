/**
 * Notices that an element has left the page: that it was taken out and is not back when the task is over. Pages take elements out
 * and put them back all the time, to move them, to keep them over a visit or to draw a transition: that is not a departure.
 * It does not know what is to be ended then.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Departure implements ReactiveController {
  private readonly host: ReactiveControllerHost & Element;
  private readonly left: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param left Called once for each departure. */
  constructor(host: ReactiveControllerHost & Element, left: () => void) {
    this.host = host;
    this.left = left;
    host.addController(this);
  }

  /**
   * Ends the waiting where the element is out of the page: somebody needs what it has.
   * @returns whether it has left.
   */
  hurry(): boolean {
    if (this.host.isConnected) return false;
    if (this.timer !== undefined) {
      this.stop();
      this.left();
    }
    return true;
  }

  hostConnected(): void {
    this.stop();
  }

  hostDisconnected(): void {
    this.stop();
    // A task of its own: what is awaited on the way back, however often, is still the same one.
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (!this.host.isConnected) this.left();
    });
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
