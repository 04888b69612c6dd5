/**
 * Puts a text on the clipboard and keeps the notice about it.
 * It does not know what is copied: what is sensitive must be hidden before.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { copyWords } from '../../language/english/common.js';

export class Copy implements ReactiveController {
  /** What to tell the person; undefined before the first copy. */
  notice: keyof typeof copyWords | undefined;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.notice = undefined;
  }

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.notice = 'copy.done';
    } catch {
      // No permission, or no secure context.
      this.notice = 'copy.refused';
    }
    this.host.requestUpdate();
  }
}
