#!/usr/bin/env bash
# A driving licence's bar code (AAMVA, PDF417) has one element a line, whose identifier are the line's first three letters. One would
# expect a parser to read it by lines. aamva-parser 1.7.0 takes the first place of the text where the letters of an identifier occur:
# - DAC is the first name: of the surname ADACHI (DCSADACHI) it is “HI”;
# - DBA is the day of expiry: with the surname GOLDBACH (DCSGOLDBACH) the licence has none, and an old one counts as not expired;
# - DAD is the middle name: of the surname SOLDADO it is “O”.
# And dates: the standard has MMDDCCYY for the United States and CCYYMMDD for Canada, told apart by DCG. It promises licences of both, and
# reads all as MMDDCCYY: whoever was born in Canada on 6 December 2010 was so in August 1207, is hundreds of years old, and not under 21.
# No error. aamvajs 0.1.1 reads all of them as they were written. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund aamva-parser@1.7.0 aamvajs@0.1.1 >/dev/null
cat >check.mjs <<'JS'
import { isDeepStrictEqual } from 'node:util';
import * as parser from 'aamva-parser';
import aamvajs from 'aamvajs';

/** A licence of version 10 of the standard, of a person who does not exist. */
function licenceOf(changes = {}) {
  const elements = {
    DAQ: 'T00000000', DCS: 'SAMPLE', DDE: 'N', DAC: 'KIM', DDF: 'N', DAD: 'LEE', DDG: 'N', DCA: 'D', DCB: 'NONE', DCD: 'NONE',
    DBD: '12102016', DBB: '12062010', DBA: '12102024', DBC: '9', DAU: '068 in', DAY: 'BRO', DAG: '1 EXAMPLE STREET',
    DAI: 'SPRINGFIELD', DAJ: 'VA', DAK: '000000000  ', DCF: '0000000000', DCG: 'USA', ...changes,
  };
  const lines = Object.entries(elements).map(([identifier, value]) => `${identifier}${value}`);
  const file = `DL${lines.join('\n')}\r`;
  const header = '@\n\x1e\rANSI 636000100001';
  const four = (number) => String(number).padStart(4, '0');
  return `${header}DL${four(header.length + 10)}${four(file.length)}${file}`;
}
const day = (date) => {
  if (!date) return 'none';
  return [four(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())].join('-');
};
const two = (number) => String(number).padStart(2, '0');
const four = (number) => String(number).padStart(4, '0');
const readers = {
  'aamva-parser': (text) => {
    const { firstName, middleName, lastName, dateOfBirth, expirationDate } = parser.parse(text);
    const judged = `${parser.isExpired(text) ? 'expired' : 'not expired'}, ${parser.isUnder21(text) ? 'under 21' : 'not under 21'}`;
    return [`${firstName} ${middleName} ${lastName}`, day(dateOfBirth), day(expirationDate), judged];
  },
  aamvajs: (text) => {
    const { firstName, middleName, familyName, dateOfBirth, expirationDate } = aamvajs.raw(text).data;
    return [`${firstName} ${middleName} ${familyName}`, dateOfBirth, expirationDate];
  },
};
const canadian = { DCG: 'CAN', DAJ: 'ON', DBD: '20161210', DBB: '20101206', DBA: '20241210' };
const licences = { SAMPLE: {}, ADACHI: { DCS: 'ADACHI' }, GOLDBACH: { DCS: 'GOLDBACH' }, SOLDADO: { DCS: 'SOLDADO' }, Canada: canadian };
const seen = {};
for (const [reader, read] of Object.entries(readers))
  for (const [name, changes] of Object.entries(licences)) {
    seen[`${reader}, ${name}`] = read(licenceOf(changes));
    console.log(`${reader}, ${name}: ${seen[`${reader}, ${name}`].join('; ')}`);
  }
console.log(`aamva-parser 1.7.0, aamvajs 0.1.1, Node ${process.versions.node}`);
const [birth, expiry] = ['2010-12-06', '2024-12-10'];
// By its age the holder is under 21 until 2031.
const young = Date.now() < Date.UTC(2031, 11, 6) ? 'under 21' : 'not under 21';
const expected = {
  'aamva-parser, SAMPLE': ['KIM LEE SAMPLE', birth, expiry, `expired, ${young}`],
  'aamva-parser, ADACHI': ['HI LEE ADACHI', birth, expiry, `expired, ${young}`],
  'aamva-parser, GOLDBACH': ['KIM LEE GOLDBACH', birth, 'none', `not expired, ${young}`],
  'aamva-parser, SOLDADO': ['KIM O SOLDADO', birth, expiry, `expired, ${young}`],
  'aamva-parser, Canada': ['KIM LEE SAMPLE', '1207-08-10', '1211-08-24', 'expired, not under 21'],
  'aamvajs, SAMPLE': ['KIM LEE SAMPLE', birth, expiry],
  'aamvajs, ADACHI': ['KIM LEE ADACHI', birth, expiry],
  'aamvajs, GOLDBACH': ['KIM LEE GOLDBACH', birth, expiry],
  'aamvajs, SOLDADO': ['KIM LEE SOLDADO', birth, expiry],
  'aamvajs, Canada': ['KIM LEE SAMPLE', birth, expiry],
};
process.exit(isDeepStrictEqual(seen, expected) ? 0 : 1);
JS
node check.mjs
