/**
 * The request that checks whether a reader still answers: it reads the user event mask, a property of all models [MG p235].
 */
import { commands } from '../mms/commands/index.js';
import type { MmsRequest } from '../mms/message.js';

/** A question that changes nothing. */
export const probe = (): MmsRequest => commands.getProperty({ oid: '1.2.7.1.2.1' });
