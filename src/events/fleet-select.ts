/** The event `magtek-fleet-select`. */

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
export class MagtekFleetSelectEvent extends CustomEvent<FleetSelectDetail> {
  static readonly type = 'magtek-fleet-select';

  constructor(detail: FleetSelectDetail) {
    super(MagtekFleetSelectEvent.type, { detail, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-fleet-select': MagtekFleetSelectEvent;
  }
}
