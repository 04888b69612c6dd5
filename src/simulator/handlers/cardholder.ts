/** Handlers for input of the cardholder outside of a sale: a PIN, a signature, a barcode. */
import { toHex } from '../../mms/hex.js';
import type { MmsRequest } from '../../mms/message.js';
import { findNode } from '../../mms/tlv.js';
import { unconfirmedDetails } from '../unconfirmed.js';
import { notification, SUCCESS } from '../outgoing.js';
import type { PinTerms } from '../pin.js';
import { busyDetails, byteOf, DONE, REFUSED, STARTED, type Handler } from './handler.js';

const WRONG_PIN_STATE = '02030E';

/** Steps of a PIN session [PJ]. */
const PIN_WRONG = 0xfe;
const PIN_RIGHT = 0xff;

/** Longest and shortest PIN, and the account of the host where it gives one [PJ, order D]. */
function pinTerms({ payload }: MmsRequest, stepPath: string): PinTerms {
  const limits = findNode(payload, stepPath.replace(/82$/, '83'))?.value;
  const account = toHex(findNode(payload, 'A1/82')?.value ?? new Uint8Array(0));
  const digits = findNode(payload, 'A1/81')?.value[0] ?? account.length;
  return {
    longest: limits?.[0] ?? 12,
    shortest: limits?.[1] ?? 4,
    account: account.slice(0, digits),
    isOfCard: stepPath !== '82',
  };
}

export const requestPin =
  (stepPath: string): Handler =>
  (request, { state, askPin, enter, notify, reply, show, toIdle }) => {
    const step = byteOf(request, stepPath);
    if (step === PIN_WRONG || step === PIN_RIGHT) {
      // The host says how the PIN was: the session is over, and the next one is another command [PJ].
      if (state === 'pin') toIdle();
      if (state === 'pin' && step === PIN_WRONG) show('TRY AGAIN');
      reply(state === 'pin' ? DONE : REFUSED, state === 'pin' ? SUCCESS : WRONG_PIN_STATE);
      return;
    }
    if (state !== 'idle') return reply(REFUSED, busyDetails[state] ?? WRONG_PIN_STATE);
    reply(STARTED, SUCCESS);
    askPin(pinTerms(request, stepPath));
    enter('pin', 'ENTER PIN', byteOf(request, '81') ?? 0, () => {
      notify(0x0205, notification(0x0205, unconfirmedDetails.pinTimedOut));
    });
  };

export const requestSignature: Handler = (request, { enter, notify, reply }) => {
  reply(STARTED, SUCCESS);
  enter('signature', 'PLEASE SIGN', byteOf(request, '81') ?? 0, () => {
    notify(0x1805, notification(0x1805, unconfirmedDetails.signatureTimedOut));
  });
};

export const readBarcode: Handler = (request, { askBarcode, enter, notify, reply }) => {
  reply(STARTED, SUCCESS);
  askBarcode(byteOf(request, '83') === 1);
  enter('barcode', 'SHOW BARCODE', byteOf(request, '82') ?? 0, () => {
    notify(0x1805, notification(0x1805, unconfirmedDetails.barcodeTimedOut));
  });
};
