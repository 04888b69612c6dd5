/** The question for a reader's serial number, and its answer, as messages. It does not know who asks. */
import { getProperty } from '../mms/commands/property.js';
import { decodeMessage } from '../mms/decode.js';
import { SERIAL_NUMBER } from '../mms/tables/oids.js';
import { readSerialNumber } from '../mms/views/serial-number.js';

/** How a reader is asked who it is. */
export interface IdentityQuestion {
  readonly bytes: Uint8Array;
  /** What a message says to it: the serial number, where the reader tells it; undefined for all other messages. */
  answerIn(message: Uint8Array): { readonly serialNumber: string | undefined } | undefined;
}

/** Reference of the question: nothing else is under way while it is asked. */
const REFERENCE = 0xff;

const question = getProperty({ oid: SERIAL_NUMBER, reference: REFERENCE });

export const serialNumberQuestion: IdentityQuestion = {
  bytes: question.bytes,
  answerIn: (bytes) => {
    try {
      const message = decodeMessage(bytes);
      if (message.kind !== 'response' || message.reference !== REFERENCE || message.id !== question.id)
        return undefined;
      return { serialNumber: readSerialNumber(message) };
    } catch {
      return undefined;
    }
  },
};
