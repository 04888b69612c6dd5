/**
 * A host's answer as a decision: what is not one, or says two things at once, is none, so that nobody takes it for a yes.
 */
import { encodeAmount } from '../mms/emv/amount.js';
import { currencyByAlpha } from '../mms/emv/currency.js';
import { toHex } from '../mms/hex.js';
import { emvFactNames, type EmvFacts } from '../mms/views/emv-facts.js';
import type { AuthorizeRequest } from './contract.js';
import type { Decision } from './outcome.js';

/** Two characters of 8A (EMV Book 3, annex A: an 2). */
export const RESPONSE_CODE = /^[0-9A-Za-z]{2}$/;

/** What a host was asked for. */
type Asked = Pick<AuthorizeRequest, 'amount' | 'currency'>;

/** A decision; undefined where the answer says neither yes nor no, or approves an amount that was not asked for. */
export function readDecision(answer: unknown, asked: Asked): Decision | undefined {
  if (typeof answer === 'boolean') return { approved: answer };
  const said = (answer ?? {}) as Record<keyof Decision, unknown>;
  const { approved, authorizedAmount } = said;
  if (typeof approved !== 'boolean') return undefined;
  const isAmountSaid = approved && authorizedAmount !== undefined && authorizedAmount !== null;
  if (isAmountSaid && !isPartOf(authorizedAmount, asked)) return undefined;
  const emv = readEmv(said.emv);
  return {
    approved,
    ...text('message', said.message),
    ...(isAmountSaid ? { authorizedAmount: authorizedAmount as string } : {}),
    ...(RESPONSE_CODE.test(textOf(said.responseCode)) ? text('responseCode', said.responseCode) : {}),
    ...text('authorizationCode', said.authorizationCode),
    ...text('reference', said.reference),
    ...(emv ? { emv } : {}),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const text = <Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } =>
  (typeof value === 'string' ? { [name]: value } : {}) as { readonly [Key in Name]?: string };

/** Whether an amount is decimal text, and no more than what was asked for; zero only where zero was asked for. */
function isPartOf(authorized: unknown, { amount, currency }: Asked): boolean {
  const known = currencyByAlpha(currency);
  if (!known) return false;
  try {
    const [part, whole] = [authorized as string, amount].map((decimal) => toHex(encodeAmount(decimal, known))) as [
      string,
      string,
    ];
    // Twelve digits each, which compare as numbers do.
    return part <= whole && (Number(part) > 0 || part === whole);
  } catch {
    return false;
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
