#!/usr/bin/env bash
# EMV allows 00 before, between and after data objects (Book 3, annex B1): bytes without meaning, left where a card's data was erased or
# changed. One would expect parsers that are made for EMV to skip them. Of four on npm only ber-tlv 0.9.2 does. @tomkp/ber-tlv 1.0.1,
# node-tlv 1.5.14 and node-emv 1.0.23 take the 00 for a tag and the next object's tag for its length; and as none of them minds a value
# that is shorter than its length, they make other objects of all that follows. No error: the account number and the cryptogram's kind are
# just not there, and the host is asked without them. Their documentation does not speak of it.
# Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund @tomkp/ber-tlv@1.0.1 ber-tlv@0.9.2 node-tlv@1.5.14 node-emv@1.0.23 >/dev/null
cat >check.mjs <<'JS'
import * as tomkp from '@tomkp/ber-tlv';
import berTlv from 'ber-tlv';
import emv from 'node-emv';
import TLV from 'node-tlv';

const hexOf = (bytes) => Buffer.from(bytes).toString('hex').toUpperCase();
const bytesOf = (hex) => Buffer.from(hex, 'hex');
const parsers = {
  'ber-tlv': (hex) => berTlv.TlvFactory.parse(bytesOf(hex)).map(({ tag, value }) => [tag, hexOf(value)]),
  '@tomkp/ber-tlv': (hex) => tomkp.parse(new Uint8Array(bytesOf(hex))).map(({ tag, value }) => [hexOf(tag.bytes), hexOf(value)]),
  'node-tlv': (hex) => TLV.parseList(hex).map((object) => [object.getTag(), object.getValue()]),
  'node-emv': (hex) => {
    let objects = [];
    emv.parse(hex, (list) => (objects = list.map(({ tag, value }) => [tag, value])));
    return objects;
  },
};
// An account number of the industry's tests and a cryptogram information: alone, and behind a filler.
const encodings = {
  plain: '5A084111111111111111' + '9F270180',
  filler: '00' + '5A084111111111111111' + '9F270180',
};
const right = {};
for (const [parser, parse] of Object.entries(parsers))
  for (const [name, hex] of Object.entries(encodings)) {
    const objects = parse(hex).map(([tag, value]) => `${tag}=${value}`);
    right[`${parser}, ${name}`] = objects.join() === '5A=4111111111111111,9F27=80';
    console.log(`${parser}, ${name}: ${objects.join(', ')}${right[`${parser}, ${name}`] ? '' : ' (not what was encoded)'}`);
  }
console.log(`Node ${process.versions.node}`);
const wrong = Object.keys(right).filter((name) => !right[name]);
const expected = ['@tomkp/ber-tlv, filler', 'node-tlv, filler', 'node-emv, filler'];
process.exit(wrong.join() === expected.join() ? 0 : 1);
JS
NODE_NO_WARNINGS=1 node check.mjs
