/**
 * Commands for PIN entry on the reader. No PIN ever reaches the host in clear.
 * It does not know what answers say.
 */
import { parseHex } from '../hex.js';
import type { MmsRequest } from '../message.js';
import type { TlvInput } from '../tlv.js';
import { cardReaders, parseAccept, type Accept } from './accept.js';
import { badValue, choice, numberBytes, object, request, secondsObject, type RequestFields } from './fields.js';

/** Where a PIN session stands: ask for the PIN, or tell the reader how it ended. */
export type PinStep = 'request' | 'failed' | 'successful';

interface PinOptions extends RequestFields {
  /** Seconds, 1 to 255. */
  readonly timeout?: number;
  /** Default `request`; each session ends with `failed` or `successful`. */
  readonly step?: PinStep;
  /** Least digits of the PIN. Default 4. */
  readonly minLength?: number;
  /** Most digits of the PIN. Default 8. */
  readonly maxLength?: number;
}

export interface RequestPinOptions extends PinOptions {
  /** Digits of the account number that the PIN block is made with, an even number of them; absent: no tag A1. */
  readonly accountNumber?: string;
}

export interface RequestCardPinOptions extends PinOptions {
  /** How the card may be presented: `insert`, `tap`, `swipe`. Default all three. */
  readonly accept?: Accept;
}

/** ISO 9564 format 0, the only format that a source names [PJ]. */
export const ISO_FORMAT_0 = 0;

/** Codes of a step that both commands share [PJ]. */
const END_STEPS = { failed: 0xfe, successful: 0xff } as const;

/** Digits of a PIN that ISO 9564 allows. */
export const SHORTEST_PIN = 4;
export const LONGEST_PIN = 12;

/**
 * Command 2001: asks for the PIN for an account number that the host knows. Notification 0205 carries the PIN block [S, PJ].
 * Time limit 60 seconds by default.
 * @throws {MmsError} `bad-value` naming the option that cannot be sent, never its value.
 */
export function requestPin(options: RequestPinOptions): MmsRequest {
  const { accountNumber, timeout = 60 } = options;
  const payload = [secondsObject('81', timeout), ...pinOptions(options, 0)];
  if (accountNumber !== undefined) {
    // Which half of the last byte an odd number of digits would leave empty, no source says.
    if (!/^([0-9]{2})+$/.test(accountNumber)) throw badValue('accountNumber', 'must be an even number of digits');
    payload.push({
      tag: 'A1',
      children: [
        object('81', ...numberBytes(accountNumber.length, 'length of accountNumber', 2, 255)),
        { tag: '82', value: parseHex(accountNumber) },
      ],
    });
  }
  return request(0x2001, payload, options);
}

/**
 * Command 2002: asks for a card and then for its PIN. Notifications 0201 and 0205 follow [PJ].
 * Time limit 30 seconds by default.
 * @throws {MmsError} `bad-value` naming the option that cannot be sent.
 */
export function requestCardPin(options: RequestCardPinOptions = {}): MmsRequest {
  const { accept = 'insert tap swipe', timeout = 30 } = options;
  const ways = parseAccept(accept, ['insert', 'tap', 'swipe']);
  const payload = [
    secondsObject('81', timeout),
    { tag: 'A3', children: cardReaders(ways) },
    { tag: 'A4', children: pinOptions(options, 1) },
  ];
  return request(0x2002, payload, options);
}

/** Step, PIN length limits (the larger one first) and PIN block format. */
function pinOptions({ step = 'request', minLength = 4, maxLength = 8 }: PinOptions, requestStep: number): TlvInput[] {
  if (minLength > maxLength) throw badValue('minLength', 'must not be more than maxLength');
  return [
    object('82', choice({ request: requestStep, ...END_STEPS }, step, 'step')),
    object(
      '83',
      ...numberBytes(maxLength, 'maxLength', SHORTEST_PIN, LONGEST_PIN),
      ...numberBytes(minLength, 'minLength', SHORTEST_PIN, LONGEST_PIN),
    ),
    object('85', ISO_FORMAT_0),
  ];
}
