/**
 * Facts from the tracks of a card's stripe besides its number: whether each was read, and the service code.
 * It does not know messages.
 */
import { toHex } from '../hex.js';

/** Whether a track was read, had nothing on it, or could not be read. */
export type TrackState = 'good' | 'empty' | 'error';

/** States by the number of the track; a track that the reader does not mention is absent. */
export interface TrackStates {
  readonly 1?: TrackState;
  readonly 2?: TrackState;
  readonly 3?: TrackState;
}

type ValueOf = (tag: string) => Uint8Array | undefined;

/** Status and masked data of each track [DM p74, DP ARQC]; DFDF4D is track 2 of a chip card. */
const TRACKS = [
  [1, 'DFDF30', ['DFDF31']],
  [2, 'DFDF32', ['DFDF33', 'DFDF4D']],
  [3, 'DFDF34', ['DFDF35']],
] as const;

/** The tracks that the reader mentions. A track that could not be read is sent as `E` between its sentinels [MF]. */
export function readTracks(valueOf: ValueOf): TrackStates {
  const states: { 1?: TrackState; 2?: TrackState; 3?: TrackState } = {};
  for (const [number, statusTag, tags] of TRACKS) {
    const status = valueOf(statusTag)?.[0];
    const data = tags.map(valueOf).find((value) => value !== undefined);
    if (status === undefined && data === undefined) continue;
    const text = textOf(data).replace(/^[%;+]|\?$/g, '');
    states[number] = text === 'E' || (text === '' && (status ?? 0) !== 0) ? 'error' : text === '' ? 'empty' : 'good';
  }
  return states;
}

/** Digits that ISO/IEC 7813 gives to the three places of a service code: zeros only are a mask. */
const SERVICE_CODE = /^[125679][024][0-7]$/;

/** Expiry date, service code and what follows, behind the last separator of track 1 or 2. */
const BEHIND_NUMBER = /[=^][0-9]{4}([0-9]{3})([^=^?]*)\??$/;

/** The service code, where it is the card's: of 5F30, or of a track that is not masked there. */
export function readServiceCode(valueOf: ValueOf): string | undefined {
  const object = valueOf('5F30');
  const fromObject = object && toHex(object).slice(-3);
  if (fromObject !== undefined && SERVICE_CODE.test(fromObject)) return fromObject;
  for (const tag of ['DFDF33', 'DFDF4D', 'DFDF31']) {
    const [, code = '', rest = ''] = BEHIND_NUMBER.exec(textOf(valueOf(tag))) ?? [];
    // One character from here to the end is a mask.
    if (SERVICE_CODE.test(code) && !/^(.)\1*$/.test(code + rest)) return code;
  }
  return undefined;
}

const textOf = (value: Uint8Array | undefined): string => String.fromCharCode(...(value ?? []));
