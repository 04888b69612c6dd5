/**
 * Seconds that are left until a moment, counted down on an element.
 * It does not know what the time is for.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Countdown implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private readonly over: (() => void) | undefined;
  private end: number | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param over Called when the time is over. */
  constructor(host: ReactiveControllerHost, over?: () => void) {
    this.host = host;
    this.over = over;
    host.addController(this);
  }

  /** Whole seconds that are left; undefined where nothing is counted. */
  get seconds(): number | undefined {
    return this.end === undefined ? undefined : Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
  }

  start(seconds: number): void {
    this.stop();
    this.end = performance.now() + seconds * 1000;
    this.run();
    this.host.requestUpdate();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.end = undefined;
    this.host.requestUpdate();
  }

  hostConnected(): void {
    if (this.end !== undefined) this.run();
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private run(): void {
    this.timer = setInterval(() => {
      this.host.requestUpdate();
      if (this.seconds === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
        this.over?.();
      }
    }, 1000);
  }
}
