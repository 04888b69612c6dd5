/** The lock of the reader, and which keys it holds: always those for tests. */
import { LOCK_STATE } from '../../mms/tables/oids.js';
import { encodeTlv, findNode } from '../../mms/tlv.js';
import { SUCCESS } from '../outgoing.js';
import { PASSCODE } from '../unconfirmed.js';
import { BAD_PARAMETER, byteOf, DONE, REFUSED, type Handler } from './handler.js';

/** Status of a wrong passcode [PJ]. */
const WRONG_PASSCODE = '02011B';

/** Form of a passcode that is given as it is [DP device-lock]; how the others are hashed is not published. */
const CLEAR = 0;

export const setDeviceLock: Handler = (request, { properties, reply }) => {
  const state = byteOf(request, '81');
  const passcode = findNode(request.payload, '83')?.value;
  if ((state !== 0 && state !== 1) || byteOf(request, '82') !== CLEAR || !passcode) reply(REFUSED, BAD_PARAMETER);
  else if (new TextDecoder().decode(passcode) !== PASSCODE) reply(REFUSED, WRONG_PASSCODE);
  else {
    properties.changeFact(LOCK_STATE, Uint8Array.of(state));
    reply(DONE, SUCCESS);
  }
};

/** A2/82 begins with T for keys of tests [PJ]. */
export const keyInformation: Handler = (_, { reply }) => {
  reply(DONE, SUCCESS, [{ tag: 'A2', value: encodeTlv([{ tag: '82', value: new TextEncoder().encode('TEST') }]) }]);
};
