/**
 * Tells of a restart: to the first client after it, once, or again and again until it is acknowledged [DP 1.2.7].
 * It does not know how the reader restarts.
 */
import { parseHex } from '../mms/hex.js';
import { RESET_ACKNOWLEDGED, RESET_NOTICE, type Properties } from './properties.js';
import type { Switchboard } from './switchboard.js';
import type { Timers } from './timers.js';

/** Value of property 1.2.7.1.1.1 with which a restart is told once [DP 1.2.7]. */
const TOLD_ONCE = 0xff;

/** The reader has restarted, with its operational status and the detail of it, as the portal prints it [DP 1001]. */
const RESET_OCCURRED = 'AA0081048300100182040000000084081001810102820100';

export class RestartNotice {
  private readonly properties: Properties;
  private readonly switchboard: Switchboard;
  private readonly timers: Timers;
  private isDue = false;

  constructor(parts: { readonly properties: Properties; readonly switchboard: Switchboard; readonly timers: Timers }) {
    this.properties = parts.properties;
    this.switchboard = parts.switchboard;
    this.timers = parts.timers;
  }

  /** The reader has restarted. */
  restarted(): void {
    this.properties.set(RESET_ACKNOWLEDGED, Uint8Array.of(0));
    this.isDue = true;
  }

  /** Tells whoever is connected, where there is something to tell. */
  tell(): void {
    const control = this.properties.get(RESET_NOTICE)?.[0] ?? 0;
    if (!this.isDue || control === 0 || this.properties.get(RESET_ACKNOWLEDGED)?.[0] !== 0) return;
    this.isDue = false;
    this.switchboard.broadcast(parseHex(RESET_OCCURRED), 0x1001);
    if (control === TOLD_ONCE) return;
    this.timers.later(control * 1000, () => {
      this.isDue = true;
      if (this.switchboard.size > 0) this.tell();
    });
  }
}
