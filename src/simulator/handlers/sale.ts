/** A sale: begun, cancelled, resumed, told what was selected, and passed commands to a tag through. */
import { encodeTlv, findNode } from '../../mms/tlv.js';
import { readHostAnswer } from '../host-answer.js';
import { SUCCESS } from '../outgoing.js';
import { unconfirmedDetails } from '../unconfirmed.js';
import { BAD_PARAMETER, byteOf, DONE, REFUSED, STARTED, type Handler } from './handler.js';

/** Status details [PJ, MG p101]. */
const NO_TRANSACTION = '020304';
const CANNOT_CANCEL = '020305';
const WRONG_TRANSACTION_STATE = '02030D';
const PASS_THROUGH_NOT_ACTIVE = '020312';

/** How a choice ended, other than with an entry [DP 1802]: the reader aborts. */
const SELECTION_CANCELLED = 1;
const SELECTION_TIMED_OUT = 2;

export const startTransaction: Handler = (request, { reply, startSale }) => {
  if (!findNode(request.payload, 'A3')) return reply(REFUSED, BAD_PARAMETER);
  reply(STARTED, SUCCESS);
  startSale();
};

export const cancelTransaction: Handler = (_, { sale, reply }) => {
  if (!sale) return reply(REFUSED, NO_TRANSACTION);
  const isCancelled = sale.cancel();
  reply(isCancelled ? DONE : REFUSED, isCancelled ? SUCCESS : CANNOT_CANCEL);
};

/** The host's answer in full EMV. It is answered as the portal says; the manual prints “done” with the command's number. */
export const resumeTransaction: Handler = (request, { sale, serialNumber, reply }) => {
  const answer = readHostAnswer(request, serialNumber);
  if (sale?.phase !== 'waiting-for-host') reply(REFUSED, sale ? WRONG_TRANSACTION_STATE : NO_TRANSACTION);
  else if (!answer) reply(REFUSED, BAD_PARAMETER);
  else {
    reply(STARTED, SUCCESS);
    sale.resume(answer);
  }
};

export const reportSelection: Handler = (request, { sale, reply }) => {
  const status = byteOf(request, '81');
  if (sale?.phase !== 'selecting') reply(REFUSED, WRONG_TRANSACTION_STATE);
  else if (status === SELECTION_CANCELLED || status === SELECTION_TIMED_OUT) {
    reply(STARTED, SUCCESS);
    sale.cancel(status === SELECTION_CANCELLED ? unconfirmedDetails.cardholderCancelled : unconfirmedDetails.timedOut);
  } else {
    const isTaken = status === 0 && sale.select(byteOf(request, '82') ?? 0);
    reply(isTaken ? STARTED : REFUSED, isTaken ? SUCCESS : BAD_PARAMETER);
  }
};

/** For tags of type 2, or for MIFARE Classic, whose answers are not published and are given in the same form [D]. */
export const passThrough =
  (isForClassic: boolean): Handler =>
  (request, { sale, reply }) => {
    const command = findNode(request.payload, '81')?.value;
    if (!command || sale?.phase !== 'nfc') return reply(REFUSED, PASS_THROUGH_NOT_ACTIVE);
    const answer = sale.passThrough(command, (byteOf(request, '83') ?? 0) !== 0, isForClassic);
    if (!answer) return reply(REFUSED, BAD_PARAMETER);
    const data = encodeTlv([{ tag: 'FC', children: [{ tag: 'DF7A', value: answer }] }]);
    reply(DONE, SUCCESS, [{ tag: '82', value: data }]);
  };
