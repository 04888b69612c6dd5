/** A sale: begun, cancelled, resumed, told what was selected, and passed commands to a tag through. */
import { encodeTlv, findTlv } from '../../mms/tlv.js';
import { SUCCESS } from '../outgoing.js';
import { BAD_PARAMETER, byteOf, DONE, REFUSED, STARTED, type Handler } from './handler.js';

/** Status details [PJ, MG p101]. */
const NO_TRANSACTION = '020304';
const CANNOT_CANCEL = '020305';
const WRONG_TRANSACTION_STATE = '02030D';
const PASS_THROUGH_NOT_ACTIVE = '020312';

export const startTransaction: Handler = (request, { reply, startSale }) => {
  if (!findTlv(request.payload, 'A3')) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  reply(STARTED, SUCCESS);
  startSale();
};

export const cancelTransaction: Handler = (_, { sale, reply }) => {
  if (!sale) {
    reply(REFUSED, NO_TRANSACTION);
    return;
  }
  const isCancelled = sale.cancel();
  reply(isCancelled ? DONE : REFUSED, isCancelled ? SUCCESS : CANNOT_CANCEL);
};

/** The host's answer in full EMV; its parameters are not published, so whatever it says is taken for an approval. */
export const resumeTransaction: Handler = (_, { sale, reply }) => {
  if (sale?.resume()) reply(DONE, SUCCESS, []);
  else reply(REFUSED, sale ? WRONG_TRANSACTION_STATE : NO_TRANSACTION);
};

export const reportSelection: Handler = (request, { sale, reply }) => {
  const isTaken = byteOf(request, '81') === 0 && sale?.select(byteOf(request, '82') ?? 0);
  reply(isTaken ? DONE : REFUSED, isTaken ? SUCCESS : WRONG_TRANSACTION_STATE);
};

export const passThrough: Handler = (request, { sale, reply }) => {
  const command = findTlv(request.payload, '81')?.value;
  if (!command || sale?.phase !== 'nfc') {
    reply(REFUSED, PASS_THROUGH_NOT_ACTIVE);
    return;
  }
  const answer = sale.passThrough(command, (byteOf(request, '83') ?? 0) !== 0);
  if (!answer) {
    reply(REFUSED, BAD_PARAMETER);
    return;
  }
  const data = encodeTlv([{ tag: 'FC', children: [{ tag: 'DF7A', value: answer }] }]);
  reply(DONE, SUCCESS, [{ tag: '82', value: data }]);
};
