#!/usr/bin/env bash
# node-emv 1.0.23 explains the bits of EMV's results (Book 3, annex C). One would expect each bit at its place, as its `aip` has it:
# - `tvr` and `auc` drop the leading zeros of a value and count from the first 1. TVR 0000008000, “transaction exceeds floor limit”, is read
#   as “offline data authentication was not performed”; so is each TVR whose first bit is 0. The README's own AUC, 2A7F, is read so too.
# - `tsi` explains TSI in TVR's words. E800 says that authentication, cardholder verification and risk management were done; it is read
#   as “not performed”, “SDA failed”, “ICC data missing” and “DDA failed”.
# Whoever looks with it for why a sale was declined, or writes it on a receipt or in a dispute, reads the opposite. Documented nowhere.
# Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund node-emv@1.0.23 >/dev/null
cat >check.mjs <<'JS'
import { isDeepStrictEqual } from 'node:util';
import emv from 'node-emv';

/** The bits that it says are set: byte, bit, meaning. */
function explained(what, value) {
  let set = [];
  emv[what](value, (bytes) => {
    set = bytes.flatMap((bits, index) =>
      bits.filter((bit) => bit.value === '1').map(({ bit, description }) => `${index + 1}.${bit} ${description}`),
    );
  });
  return set;
}
/** The bits that are set, after EMV Book 3: byte and bit. */
const setBits = (value) =>
  [...Buffer.from(value, 'hex')].flatMap((byte, index) =>
    [8, 7, 6, 5, 4, 3, 2, 1].filter((bit) => byte & (1 << (bit - 1))).map((bit) => `${index + 1}.${bit}`),
  );

const results = Object.entries({ aip: '5800', tvr: '0000008000', auc: '2A7F', tsi: 'E800' }).map(([what, value]) => {
  const said = explained(what, value);
  console.log(`${what} ${value}: set are ${setBits(value)}; it says ${JSON.stringify(said)}`);
  return [what, isDeepStrictEqual(said.map((text) => text.split(' ')[0]), setBits(value)), said];
});
console.log(`node-emv 1.0.23, Node ${process.versions.node}`);
const [[, aipIsRight], [, tvrIsRight, tvr], [, aucIsRight], [, , tsi]] = results;
const isSo =
  aipIsRight && !tvrIsRight && !aucIsRight &&
  tvr.join() === '1.8 Offline data authentication was not performed' &&
  tsi.includes('1.8 Offline data authentication was not performed') && tsi.includes('1.7 SDA failed');
process.exit(isSo ? 0 : 1);
JS
node check.mjs
