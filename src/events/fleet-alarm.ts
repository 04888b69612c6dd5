/** The event `magtek-fleet-alarm`. */
import type { FleetSelectDetail } from './fleet-select.js';

export interface FleetAlarmDetail extends FleetSelectDetail {
  /** Since when the reader is gone, as far as this page has seen it: milliseconds since 1970. */
  readonly since: number;
}

/** A reader of the fleet has been gone for longer than `alarm-after`. Dispatched once until it is back. */
export class MagtekFleetAlarmEvent extends CustomEvent<FleetAlarmDetail> {
  static readonly type = 'magtek-fleet-alarm';

  constructor(detail: FleetAlarmDetail) {
    super(MagtekFleetAlarmEvent.type, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-fleet-alarm': MagtekFleetAlarmEvent;
  }
}
