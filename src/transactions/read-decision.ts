/**
 * A host's answer as a decision: what is not one, or says two things at once, is none, so that nobody takes it for a yes.
 */
import { resumeTransaction } from '../mms/commands/resume-transaction.js';
import { MmsError } from '../mms/error.js';
import { decodeAmount, encodeAmount } from '../mms/emv/amount.js';
import { redactText } from '../mms/redact.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import { toHex } from '../mms/hex.js';
import { isBytes } from '../mms/is-bytes.js';
import { emvFactNames, type EmvFacts } from '../mms/views/emv-facts.js';
import type { AuthorizeRequest, Flow } from './contract.js';
import type { Decision } from './outcome.js';

/** Two characters of 8A (EMV Book 3, annex A: an 2). */
const RESPONSE_CODE = /^[0-9A-Za-z]{2}$/;

/** What a host was asked for. */
type Asked = Pick<AuthorizeRequest, 'amount' | 'currency'>;

/** A decision; undefined where the answer says neither yes nor no, or approves an amount that was not asked for. */
export function readDecision(answer: unknown, asked: Asked, flow: Flow): Decision | undefined {
  if (typeof answer === 'boolean') return { approved: answer };
  if (flow === 'full-emv' && !canResume(answer)) return undefined;
  const said = (answer ?? {}) as Record<keyof Decision, unknown>;
  const { approved, authorizedAmount } = said;
  if (typeof approved !== 'boolean') return undefined;
  const part =
    approved && authorizedAmount !== undefined && authorizedAmount !== null ? partOf(authorizedAmount, asked) : 'all';
  if (part === undefined) return undefined;
  const emv = readEmv(said.emv);
  return {
    approved,
    ...text('message', redactText(textOf(said.message)) || undefined),
    ...(part === 'all' ? {} : { authorizedAmount: part }),
    ...(RESPONSE_CODE.test(textOf(said.responseCode)) ? text('responseCode', said.responseCode) : {}),
    ...(isBytesOrText(said.issuerData) ? { issuerData: said.issuerData } : {}),
    ...text('authorizationCode', said.authorizationCode),
    ...text('reference', said.reference),
    ...(emv ? { emv } : {}),
  };
}

const isBytesOrText = (value: unknown): value is Uint8Array | string => typeof value === 'string' || isBytes(value);

/** Codes with which cards take an answer for a yes (ISO 8583, field 39): none of them goes with a no. */
const approvals: ReadonlySet<unknown> = new Set(['00', '08', '10', '11']);

/** Whether a reader that waits can be given this answer: what cannot be sent to it is not a decision for the card. */
function canResume(answer: unknown): boolean {
  const { approved, responseCode, issuerData } = (answer ?? {}) as Record<keyof Decision, unknown>;
  if (approved === false && approvals.has(responseCode)) return false;
  try {
    resumeTransaction({
      serialNumber: ANY_READER,
      responseCode: (responseCode ?? DEFAULT_CODES.approved) as string,
      ...(issuerData === undefined || issuerData === null ? {} : { issuerData: issuerData as string }),
    });
    return true;
  } catch (cause) {
    if (cause instanceof MmsError) return false;
    throw cause;
  }
}

const ANY_READER = '0';

/** Response codes of a host that gives none: approved, do not honor (ISO 8583, field 39). */
export const DEFAULT_CODES = { approved: '00', declined: '05' } as const;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const text = <Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } =>
  (typeof value === 'string' ? { [name]: value } : {}) as { readonly [Key in Name]?: string };

/**
 * A part of what was asked for, with all decimals of its currency; `all` where it is no less, undefined where it cannot be: more,
 * nothing, or no decimal text.
 */
function partOf(authorized: unknown, { amount, currency }: Asked): string | undefined {
  const known = currencyByAlpha(currency);
  if (!known) return undefined;
  try {
    const bytes = encodeAmount(authorized as string, known);
    // Twelve digits each, which compare as numbers do.
    const [part, whole] = [toHex(bytes), toHex(encodeAmount(amount, known))];
    if (part === whole) return 'all';
    return part < whole && Number(part) > 0 ? decodeAmount(bytes, known) : undefined;
  } catch {
    return undefined;
  }
}

function readEmv(said: unknown): EmvFacts | undefined {
  if (typeof said !== 'object' || said === null) return undefined;
  const facts = emvFactNames.flatMap((name) => {
    const value = (said as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return facts.length > 0 ? Object.fromEntries(facts) : undefined;
}
