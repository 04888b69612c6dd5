#!/usr/bin/env bash
# In a payment code (EMVCo, merchant-presented mode) the identifier says whether a value is text or holds objects of its own: 54, the
# amount, and 61, the postal code, never do. One would expect a parser to go by that. emvco-qr-sdk 1.0.0 takes each value apart that can
# be read as objects, at any depth, and gives an object in place of the text: 150200 pesos are { 15: '00' }, the postal code 10017 is
# { 10: '7' }, while 150300 and 10027 are text. steplix-emvqr 0.2.3 does it inside its templates: the reference label 00041234 comes as
# { '00': '1234' }. No error, and most amounts and references are right; a wallet or a till that passes the amount on pays NaN or nothing
# for one that is. The SDK says that nested templates are parsed, not that it goes by the looks of a value.
# Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund emvco-qr-sdk@1.0.0 steplix-emvqr@0.2.3 crc@4.3.2 >/dev/null
cat >check.mjs <<'JS'
import { isDeepStrictEqual } from 'node:util';
import crc from 'crc';
import sdk from 'emvco-qr-sdk';
import emvqr from 'steplix-emvqr';

const object = (id, value) => `${id}${String(value.length).padStart(2, '0')}${value}`;
function codeOf({ amount, postalCode, reference }) {
  const objects = [
    ['00', '01'],
    ['01', '12'],
    ['26', object('00', 'org.example.pay') + object('01', 'shop1')],
    ['52', '5945'],
    ['53', '170'],
    ['54', amount],
    ['58', 'CO'],
    ['59', 'EXAMPLE TOYS'],
    ['60', 'EXAMPLE'],
    ['61', postalCode],
    ['62', object('05', reference)],
  ];
  const text = `${objects.map(([id, value]) => object(id, value)).join('')}6304`;
  return text + crc.crc16ccitt(text).toString(16).toUpperCase().padStart(4, '0');
}
const readers = {
  'emvco-qr-sdk': (code) => {
    const read = sdk.parseQR(code, { parseMode: sdk.QRParseMode.GLOBAL });
    return { amount: read.transactionAmount, postalCode: read.postalCode, reference: read.additionalDataFieldTemplate['05'] };
  },
  'steplix-emvqr': (code) => {
    const read = emvqr.decode(code, true);
    return { amount: read['54'], postalCode: read['61'], reference: read['62']['05'] };
  },
};
const codes = {
  plain: { amount: '150300', postalCode: '10027', reference: '00051234' },
  apart: { amount: '150200', postalCode: '10017', reference: '00041234' },
};
const seen = {};
for (const [name, read] of Object.entries(readers))
  for (const [which, values] of Object.entries(codes)) {
    seen[`${name}, ${which}`] = read(codeOf(values));
    console.log(`${name}: of ${JSON.stringify(values)} it reads ${JSON.stringify(seen[`${name}, ${which}`])}`);
  }
console.log(`emvco-qr-sdk 1.0.0, steplix-emvqr 0.2.3, Node ${process.versions.node}`);
const expected = {
  'emvco-qr-sdk, plain': codes.plain,
  'emvco-qr-sdk, apart': { ...codes.apart, amount: { 15: '00' }, postalCode: { 10: '7' } },
  'steplix-emvqr, plain': codes.plain,
  'steplix-emvqr, apart': { ...codes.apart, reference: { '00': '1234' } },
};
process.exit(isDeepStrictEqual(seen, expected) ? 0 : 1);
JS
node check.mjs
