/** The environment of a real page whose time passes ten times as fast, and which knows what is still running. */
import type { Environment } from '../../src/connection/environment.js';
import { systemEnvironment } from '../../src/connection/environment.js';

const PACE = 10;

export class HurriedEnvironment implements Environment {
  private readonly timers = new Set<unknown>();
  private readonly listeners = new Set<() => void>();
  private readonly began = systemEnvironment.now();

  readonly random = systemEnvironment.random;
  readonly isVisible = systemEnvironment.isVisible;
  readonly isOnline = systemEnvironment.isOnline;
  readonly uniqueId = systemEnvironment.uniqueId;
  /** How many keep the screen on. */
  awake = 0;

  now(): number {
    return this.began + (systemEnvironment.now() - this.began) * PACE;
  }

  setTimeout(callback: () => void, milliseconds: number): unknown {
    const timer = systemEnvironment.setTimeout(() => {
      this.timers.delete(timer);
      callback();
    }, milliseconds / PACE);
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.timers.delete(handle);
    systemEnvironment.clearTimeout(handle);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  keepAwake(): () => void {
    this.awake++;
    return () => this.awake--;
  }

  /** What runs or listens: nothing when a client is closed. */
  get left(): number {
    return this.timers.size + this.listeners.size + this.awake;
  }
}
