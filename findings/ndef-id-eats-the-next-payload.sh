#!/usr/bin/env bash
# An NDEF record may have an identifier; its length has a byte of its own, which is there when the flag IL is set. One would expect a record
# without IL to have none. ndef 0.2.0, and the plugins phonegap-nfc 1.2.0 and community-cordova-plugin-nfc 1.6.0 with the same reader, keep
# the length of the record before: of a text with the identifier “r1” and a link behind it (what a receipt on a tag looks like) the link
# loses two bytes, the first of which says “https://”: “ample.com/r/42” is read. No error; and they write such messages rightly, so what one
# of them has written it cannot read. As long as no record, or each, has an identifier of one length, nothing is seen. ndef-lib 0.1.1 reads
# it right. Documented nowhere. Whoever writes tags leaves identifiers out or behind; whoever reads them looks at the flag.
# Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund --ignore-scripts ndef@0.2.0 ndef-lib@0.1.1 phonegap-nfc@1.2.0 \
  community-cordova-plugin-nfc@1.6.0 >/dev/null
cat >check.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import ndef from 'ndef';
import ndefLib from 'ndef-lib';

/** The plugin's script in a page that is nothing but what the script asks for when it is loaded. */
function plugin(name) {
  const page = {
    Array,
    console,
    document: { addEventListener() {} },
    module: {},
    require: () => ({ onCordovaReady: { subscribe() {} } }),
  };
  page.window = page;
  runInContext(readFileSync(`node_modules/${name}/www/phonegap-nfc.js`, 'utf8'), createContext(page));
  return (bytes) => page.ndef.decodeMessage(bytes);
}
const text = (bytes) => Buffer.from(bytes ?? []).toString();
// What the first byte of a link's payload stands for; those that are not in use stand for nothing.
const beginnings = { 4: 'https://' };
const asShown = (records) =>
  Array.from(records, ({ type, id, payload }) => {
    const kind = typeof type === 'string' ? type : text(type);
    if (kind === 'U') return `“${text(id)}” link ${beginnings[payload[0]] ?? ''}${text(payload.slice(1))}`;
    return `“${text(id)}” text ${text(payload.slice(1 + payload[0]))}`;
  });
const readers = {
  ndef: (bytes) => ndef.decodeMessage(bytes),
  'phonegap-nfc': plugin('phonegap-nfc'),
  'community-cordova-plugin-nfc': plugin('community-cordova-plugin-nfc'),
  'ndef-lib': (bytes) =>
    ndefLib.NdefMessage.fromByteArray(bytes)
      .getRecords()
      .map((record) => ({ type: record.getType(), id: record.getId(), payload: record.getPayload() })),
};
const hexOf = (bytes) => Buffer.from(bytes).toString('hex').toUpperCase();
const link = '01' + '11' + '55' + '04' + hexOf(Buffer.from('example.com/r/42'));
const receipt = '02656E' + hexOf(Buffer.from('receipt'));
const messages = {
  'no identifier': `91010A54${receipt}51${link}`,
  'an identifier before': `99010A02547231${receipt}51${link}`,
};
const right = {
  'no identifier': ['“” text receipt', '“” link https://example.com/r/42'],
  'an identifier before': ['“r1” text receipt', '“” link https://example.com/r/42'],
};
const wrong = [];
for (const [name, hex] of Object.entries(messages))
  for (const [reader, read] of Object.entries(readers)) {
    const shown = asShown(read([...Buffer.from(hex, 'hex')]));
    const isRight = isDeepStrictEqual(shown, right[name]);
    if (!isRight) wrong.push(`${reader}, ${name}: ${shown[1]}`);
    console.log(`${reader}, ${name}: ${JSON.stringify(shown)}${isRight ? '' : ' (not what was encoded)'}`);
  }
const written = ndef.encodeMessage([
  ndef.textRecord('receipt', 'en', [...Buffer.from('r1')]),
  ndef.uriRecord('https://example.com/r/42'),
]);
const writes = hexOf(written) === messages['an identifier before'];
console.log(`ndef writes the second message ${writes ? 'as it is' : 'otherwise'}; Node ${process.versions.node}`);
const expected = ['ndef', 'phonegap-nfc', 'community-cordova-plugin-nfc'].map(
  (reader) => `${reader}, an identifier before: “\u0004e” link ample.com/r/42`,
);
process.exit(writes && isDeepStrictEqual(wrong, expected) ? 0 : 1);
JS
NODE_NO_WARNINGS=1 node check.mjs
