/** The event `magtek-fleet-alarm`. */
import { DetailEvent } from './detail-event.js';
import type { FleetSelectDetail } from './fleet-select.js';

export interface FleetAlarmDetail extends FleetSelectDetail {
  /** Since when the reader is gone, as far as this page has seen it: milliseconds since 1970. */
  readonly since: number;
}

/** A reader of the fleet has been gone for longer than `alarm-after`. Dispatched once until it is back. */
export class MagtekFleetAlarmEvent extends DetailEvent<FleetAlarmDetail> {
  static override readonly type = 'magtek-fleet-alarm';
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-fleet-alarm': MagtekFleetAlarmEvent;
  }
}
