/**
 * Properties that a reader answers (D101, D111), as they are sent. Apart from what they mean, because a sale needs few of them.
 * It hides nothing: for what is shown it is to be given redacted messages.
 */
import type { MmsMessage } from '../message.js';
import { readProperties, type PropertyValue } from '../oid.js';
import { GET_PROPERTY, SET_PROPERTY } from '../tables/numbers.js';

/**
 * What a successful answer to D101 or D111 holds, several properties where a whole branch was asked for [MG p120]; none for
 * other messages.
 * @throws {MmsError} where the answer is not well-formed.
 */
export function answeredProperties(message: MmsMessage): readonly PropertyValue[] {
  const isAnswer = message.kind === 'response' && (message.id === GET_PROPERTY || message.id === SET_PROPERTY);
  return isAnswer && message.status.ok ? readProperties(message.payload) : [];
}
