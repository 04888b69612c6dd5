/** Errors, refusals and outcomes in the language of an element. Their English comes with them. */
import { nothing } from 'lit';
import type { HelpedDetailCode } from '../connection/detail-code.js';
import type { ReaderError } from '../connection/reader-error.js';
import type { TransactionResult } from '../transactions/transaction.js';
import { spacedHex } from '../mms/hex.js';
import type { ResponseStatus } from '../mms/message.js';
import type { Language } from './language-controller.js';
import type { RefusalCode } from './words.js';

/** What happened. The error may come from another copy of this package, with a code that has no words here. */
export function errorText(language: Language, { code, wording, summary }: ReaderError): string {
  return language.translate(`error.${wording ?? code}`, summary);
}

/** What to do about it: the remedy of its case, of the words with a broker, or of its code. */
export function errorHelp(language: Language, { because, code, help, wording }: ReaderError): string {
  const ofCode = language.translate(`help.${wording ?? code}`, help);
  return because ? language.translate(`help.${because.code as HelpedDetailCode}`, ofCode) : ofCode;
}

/** What is particular to this one. */
export function errorDetail(language: Language, { detail, because, status }: ReaderError): string | typeof nothing {
  if (detail === '') return nothing;
  if (status) return capitalized(language, refusalText(language, status));
  return because ? language.translate(`detail.${because.code}`, detail, because.values).trimEnd() : detail;
}

/** What went wrong in a line: an error of the client, or of the codec, which begins with the option that it does not take. */
export function problemText(language: Language, error: unknown): string {
  if (isReaderError(error)) {
    const detail = errorDetail(language, error);
    return detail === nothing ? errorText(language, error) : `${errorText(language, error)} ${detail}`;
  }
  const { message } = error as Error;
  const [name = ''] = message.split(' ');
  return language.translate('detail.option', message, { name });
}

/** By its shape, as it may come from another copy of this package. */
const isReaderError = (error: unknown): error is ReaderError =>
  (error as Partial<ReaderError> | null)?.help !== undefined;

/** Why the reader refused. What has no words has its number. */
function refusalText(language: Language, { code, detail, text }: ResponseStatus): string {
  const other = language.translate('refusal.other', `${text}.`, { code: spacedHex(detail) });
  return language.translate(`refusal.${code as RefusalCode}`, other);
}

/** Reasons stand within sentences elsewhere. */
const capitalized = ({ tag }: Language, text: string): string => text.charAt(0).toLocaleUpperCase(tag) + text.slice(1);

/** Why a sale ended as it did. */
export function reasonText(language: Language, { reason, because, error }: TransactionResult): string {
  if (!because) return reason;
  const refused = error?.status ? { status: refusalText(language, error.status) } : {};
  return language.translate(`reason.${because.code}`, reason, { ...because.values, ...refused });
}
