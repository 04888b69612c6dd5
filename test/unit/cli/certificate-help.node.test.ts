import { expect, test } from 'vitest';
import { certificateHelp } from '../../../src/cli/certificate-help.js';

const tls = (code: string): Error => Object.assign(new Error('words of TLS'), { code });

test('says what is wrong with a certificate, however deep the error lies, and what helps', () => {
  const error = new Error('The broker cannot be used.', {
    cause: new AggregateError([tls('SELF_SIGNED_CERT_IN_CHAIN')]),
  });
  expect(certificateHelp(error)).toBe(
    ' It is not trusted: the authority of its certificate is not known here (SELF_SIGNED_CERT_IN_CHAIN).' +
      ' Give the certificate of its authority with --ca, in PEM.',
  );
  expect(certificateHelp(tls('CERT_HAS_EXPIRED'))).toBe(
    ' It is not trusted: its certificate has expired (CERT_HAS_EXPIRED).',
  );
  expect(certificateHelp(tls('ECONNREFUSED'))).toBe('');
  expect(certificateHelp(new Error('something else'))).toBe('');
  expect(certificateHelp('no error')).toBe('');
});
