#!/usr/bin/env bash
# iso_8583 2.6.7 knows the fields of ISO 8583:1987 by a table of its own. Fields 64, 96 and 128 (message authentication code, message
# security code) have 64 bits, field 53 (security related control information) has 16 digits. One would expect eight bytes and 16 digits.
# The table counts half-bytes for binary fields, and has 8 for those three, 96 for field 53:
# - of a MAC of eight bytes it returns four; whoever compares that with his own refuses each message, or compares half of a MAC;
# - behind field 96 each field begins four bytes early, behind field 53 all is gone: of a key exchange with the host, the network
#   management code is an empty text;
# - it writes no message with a whole MAC: “invalid length of data on field 128”.
# Reading says no error. The documentation lists no lengths. With formats of one's own for these four fields ({ 64: { ContentType: 'b',
# LenType: 'fixed', MaxLen: 16 } } and so on; 'n' for 53) all is right. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund iso_8583@2.6.7 >/dev/null
cat >check.mjs <<'JS'
import { isDeepStrictEqual } from 'node:util';
import Iso8583 from 'iso_8583';

const mac = 'a1b2c3d4e5f60718';
const binary = new Set([64, 96, 128]);
const variable = new Set([2, 100]);
/** A message after ISO 8583:1987 as the library wants it: length, type as text, binary bitmaps, fields as text but for the binary ones. */
function messageOf({ 0: type, ...fields }) {
  const numbers = Object.keys(fields).map(Number);
  const bitmap = Buffer.alloc(numbers.some((number) => number > 64) ? 16 : 8);
  if (bitmap.length > 8) bitmap[0] = 0x80;
  for (const number of numbers) bitmap[(number - 1) >> 3] |= 0x80 >> ((number - 1) & 7);
  const values = numbers.map((number) => {
    const value = fields[number];
    if (binary.has(number)) return Buffer.from(value, 'hex');
    return Buffer.from(variable.has(number) ? String(value.length).padStart(2, '0') + value : value);
  });
  const message = Buffer.concat([Buffer.from(type), bitmap, ...values]);
  return Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);
}
const sale = { 0: '0200', 2: '4111111111111111', 3: '000000', 4: '000000001000', 7: '0911131411', 11: '000001' };
const network = { 0: '0800', 7: '0911131411', 11: '000002' };
const messages = {
  'without them': { ...sale, 49: '840' },
  'field 64': { ...sale, 49: '840', 64: mac },
  'field 96': { ...network, 70: '101', 96: mac, 100: '123456', 128: mac },
  'field 53': { ...network, 53: '9701100001000000', 70: '101', 128: mac },
};
const whole = { ContentType: 'b', Label: 'Eight bytes', LenType: 'fixed', MaxLen: 16 };
const formats = { 53: { ...whole, ContentType: 'n' }, 64: whole, 96: whole, 128: whole };
const read = {};
let isMended = true;
for (const [name, fields] of Object.entries(messages)) {
  const message = messageOf(fields);
  const found = new Iso8583().getIsoJSON(message);
  const others = Object.keys(fields).filter((number) => found[number] !== fields[number]);
  read[name] = Object.fromEntries(others.map((number) => [number, found[number]]));
  console.log(`${name}: ${JSON.stringify(fields)}`);
  console.log(`  read otherwise: ${JSON.stringify(read[name])}`);
  isMended &&= isDeepStrictEqual({ ...new Iso8583({}, formats).getIsoJSON(message) }, fields);
}
const written = new Iso8583({ ...network, 70: '301', 128: mac }).getBufferMessage();
console.log(`written with a MAC: ${JSON.stringify(written)}`);
console.log(`with formats of one's own: ${isMended ? 'all as it was encoded' : 'still wrong'}`);
console.log(`iso_8583 2.6.7, Node ${process.versions.node}`);
const expected = {
  'without them': {},
  'field 64': { 64: 'a1b2c3d4' },
  'field 96': { 96: 'a1b2c3d4', 100: '', 128: '07183036' },
  'field 53': { 53: read['field 53'][53], 70: '', 128: '' },
};
const isSo =
  isDeepStrictEqual(read, expected) && read['field 53'][53]?.length > 16 && isMended &&
  written.error === 'invalid length of data on field 128';
process.exit(isSo ? 0 : 1);
JS
node check.mjs
