/**
 * The command that cancels a sale. Apart from those that few pages use, because each sale needs it.
 */
import type { MmsRequest } from '../message.js';
import { request, type RequestFields } from './fields.js';

/** Command 1008: cancels the running transaction. Refused with 020304 where none runs, 020305 where it is too late [MG p101]. */
export const cancelTransaction = (options: RequestFields = {}): MmsRequest => request(0x1008, [], options);
