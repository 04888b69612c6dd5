/**
 * The request that checks whether a reader still answers: it reads the user event mask, a property of all models [MG p235].
 */
import { getProperty } from '../mms/commands/property.js';
import type { MmsRequest } from '../mms/message.js';
import type { RequestQueue } from './request-queue.js';

/** A question that changes nothing. */
export const probe = (): MmsRequest => getProperty({ oid: '1.2.7.1.2.1' });

/**
 * Whether the reader answers a question that changes nothing.
 * @param timeout Seconds.
 */
export async function answersProbe(queue: RequestQueue, timeout: number): Promise<boolean> {
  try {
    await queue.add(probe(), { first: true, timeout: timeout * 1000 });
    return true;
  } catch {
    return false;
  }
}
