/** The event `magtek-fleet-select`. */
import { DetailEvent } from './detail-event.js';

export interface FleetSelectDetail {
  /** Path of the reader at the broker, as the `device` of a reader element takes it. */
  readonly device: string;
  /** The parts of the path. */
  readonly group: string;
  readonly model: string;
  readonly serial: string;
}

/**
 * A reader of the fleet was chosen. Dispatched on the fleet element; where it is cancelled, the reader element that the fleet
 * works for stays as it is.
 */
export class MagtekFleetSelectEvent extends DetailEvent<FleetSelectDetail> {
  static override readonly type = 'magtek-fleet-select';

  constructor(detail: FleetSelectDetail) {
    super(detail, { cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-fleet-select': MagtekFleetSelectEvent;
  }
}
