/**
 * The remedy for a certificate that is not trusted, which the words of TLS do not name.
 */

/** Codes of errors of TLS (Node's documentation, X.509 certificate error codes), and what is wrong in plain words. */
const meanings: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is its own',
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority of its certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the authority of its certificate is not known here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clock of this computer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Those that naming the authority helps against. */
const isAboutAuthority = (code: string): boolean => code.includes('SELF_SIGNED') || code.startsWith('UNABLE_TO');

/**
 * A sentence to put behind the message of an error, with a blank before it; empty where no certificate is to blame.
 * @param option that names the authority
 */
export function certificateHelp(error: unknown, option: '--ca' | '--reader-ca' = '--ca'): string {
  let cause: unknown = error;
  while (cause instanceof Error) {
    const { code } = cause as Error & { code?: unknown };
    const meaning = typeof code === 'string' && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
    if (meaning !== undefined) {
      const remedy = isAboutAuthority(String(code))
        ? ` Give the certificate of its authority with ${option}, in PEM.`
        : '';
      return ` It is not trusted: ${meaning} (${String(code)}).${remedy}`;
    }
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return '';
}
