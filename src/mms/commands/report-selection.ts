/**
 * The command that answers a choice. Apart from those that few pages use, because it is part of a sale.
 */
import type { MmsRequest } from '../message.js';
import { badValue, choice, numberBytes, object, request, type RequestFields } from './fields.js';

/** How a choice ended, tag 81 [DP 1802]. */
const SELECTION_STATUS = { completed: 0, cancelled: 1, 'timed-out': 2 } as const;

export interface ReportSelectionOptions extends RequestFields {
  /** How the choice ended. With `cancelled` and `timed-out` the reader aborts the transaction. Default `completed`. */
  readonly status?: keyof typeof SELECTION_STATUS;
  /** Which entry was chosen, counted from 0 without the title; only where one was. */
  readonly index?: number;
}

/**
 * Command 1802: tells a reader without a display which entry of its selection prompt (notification 1803) was chosen, or that none
 * was [S, PJ, DP 1802].
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function reportSelection(options: ReportSelectionOptions): MmsRequest {
  const { status = 'completed', index } = options;
  const payload = [object('81', choice(SELECTION_STATUS, status, 'status'))];
  if (status === 'completed') payload.push(object('82', ...numberBytes(index ?? NaN, 'index', 0, 255)));
  else if (index !== undefined) throw badValue('index', `cannot be sent with status ${status}`);
  return request(0x1802, payload, options);
}
