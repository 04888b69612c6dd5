/** The event `magtek-update-complete`. */
import { DetailEvent } from './detail-event.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { FirmwareKind } from '../mms/views/firmware.js';

export interface UpdateCompleteDetail {
  /** `unchanged` where the reader said that it has this firmware already. */
  readonly outcome: 'updated' | 'unchanged' | 'failed';
  /** Part of the reader that the firmware is for; `file` where a file was sent. */
  readonly kind: FirmwareKind | 'file';
  /** The reader that was confirmed; absent where it does not tell it. */
  readonly serialNumber?: string;
  /** Version of that part before and after; absent where the reader does not tell it, and for files. */
  readonly versionBefore?: string;
  readonly versionAfter?: string;
  /** Why it failed, and in which state the reader is. */
  readonly error?: ReaderError;
}

/**
 * An update of the reader has ended, well or not. Dispatched on the updater element, also where that is out of the page: a failure
 * that nobody sees there is reported as an error of the page, unless the event is cancelled.
 */
export class MagtekUpdateCompleteEvent extends DetailEvent<UpdateCompleteDetail> {
  static override readonly type = 'magtek-update-complete';

  constructor(detail: UpdateCompleteDetail) {
    super(detail, { cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'magtek-update-complete': MagtekUpdateCompleteEvent;
  }
}
