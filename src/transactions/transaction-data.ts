/**
 * A sale as plain data: what a form sends, an `authorize-url` gets, and a result is as JSON. `schemas/transaction.json` of the
 * package describes it. It never contains a card number in clear: only what the reader encrypted and masked.
 */
import { toHex } from '../mms/hex.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { CardDataDetail } from './card.js';
import type { CardDataText, HostFacts, SaleFacts, TransactionData, TransactionResult } from './contract.js';
import type { DecidedOutcome } from './outcome.js';

type Known = SaleFacts & HostFacts & Partial<DecidedOutcome> & Pick<TransactionResult, 'arqc' | 'batch' | 'error'>;

/** The encrypted card data of an ARQC as text. */
const cardDataText = ({ via, serialNumber, maskedPan, ksn, encryption, bytes }: CardDataDetail): CardDataText => ({
  via,
  serialNumber,
  maskedPan,
  ksn,
  encryption,
  arqc: toHex(bytes),
});

/**
 * A sale as plain data.
 * @param allowClearData Whether card data go with it also where the reader sent some of them in clear.
 */
export function transactionData(sale: Known, allowClearData = false): TransactionData {
  const { arqc, batch, error, ...facts } = sale;
  const mayLeave = (data: CardDataDetail | undefined): data is CardDataDetail =>
    data !== undefined && (allowClearData || data.clearTags.length === 0);
  return {
    ...facts,
    ...(mayLeave(arqc) ? cardDataText(arqc) : {}),
    ...(mayLeave(batch) ? { batch: toHex(batch.bytes) } : {}),
    ...(error ? { error: errorData(error) } : {}),
  };
}

const errorData = ({ code, detail, because }: ReaderError): NonNullable<TransactionData['error']> => ({
  code,
  detail,
  ...(because ? { because } : {}),
});
