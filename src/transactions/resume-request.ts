/**
 * The host's decision as the command for a reader that waits for it.
 */
import { resumeTransaction } from '../mms/commands/resume-transaction.js';
import type { MmsRequest } from '../mms/message.js';
import { findNode } from '../mms/tlv.js';
import type { CardDataDetail } from './card.js';
import type { Decision } from './outcome.js';
import { DEFAULT_CODES } from './read-decision.js';

/** Command 1004, with the serial number exactly as the ARQC has it. What a host says was checked when it said it. */
export function resumeRequest({ tlv, serialNumber }: CardDataDetail, decision: Decision): MmsRequest {
  const { approved, responseCode = DEFAULT_CODES[approved ? 'approved' : 'declined'], issuerData } = decision;
  return resumeTransaction({
    serialNumber: findNode(tlv, 'F9/DFDF25')?.value ?? serialNumber,
    responseCode,
    ...(issuerData === undefined ? {} : { issuerData }),
  });
}
