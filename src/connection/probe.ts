/**
 * What a reader is asked to see whether it still answers: the user event mask, a property of all models [MG p235].
 * It does not know when that is asked, or what follows from the answer.
 */
import { commands } from '../mms/commands/index.js';
import type { MmsRequest } from '../mms/message.js';

/** A question that changes nothing. */
export const probe = (): MmsRequest => commands.getProperty({ oid: '1.2.7.1.2.1' });
