#!/usr/bin/env bash
# How many decimals a currency has, asked of `Intl.NumberFormat` (`resolvedOptions().maximumFractionDigits`): one would expect ISO 4217,
# which ECMA-402 named for years, and the same answer in every browser. Firefox gives ISO 4217's; Chromium gives CLDR's, which are what
# people write: none for HUF, COP, IDR, PKR and IQD, where ISO 4217 has two, or three for IQD. Documented far from the page's author
# (ECMA-402 issue 134 and pull request 922: now as the implementation likes). Amounts of a sale (EMV tag 9F02 with the exponent of 5F36,
# and hosts) count ISO 4217's minor units: a page that takes the exponent from here asks for a hundredth or a thousandth in Chromium,
# and for the right amount in Firefox. Nor are codes complete: Chromium formats XCG and ZWG, but does not list them as supported.
# Needs both browsers: CHROME_PATH and FIREFOX_PATH, or those of Debian. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund puppeteer-core@24.43.1 currency-codes@2.2.0 >/dev/null
cat >check.mjs <<'JS'
import currencies from 'currency-codes';
import { launch } from 'puppeteer-core';

const codes = ['HUF', 'COP', 'IDR', 'PKR', 'IQD'];
const seen = {};
for (const [name, options] of Object.entries({
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
})) {
  const browser = await launch({ browser: name, headless: true, ...options });
  const page = await browser.newPage();
  seen[name] = await page.evaluate((all) => {
    const decimalsOf = (currency) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
    const supported = Intl.supportedValuesOf('currency');
    return {
      decimals: Object.fromEntries(all.map((code) => [code, decimalsOf(code)])),
      minorUnits: Object.fromEntries(all.map((code) => [code, 1500 * 10 ** decimalsOf(code)])),
      unlisted: ['XCG', 'ZWG'].filter((code) => !supported.includes(code)),
    };
  }, codes);
  console.log(await browser.version(), JSON.stringify(seen[name]));
  await browser.close();
}
const iso = Object.fromEntries(codes.map((code) => [code, currencies.code(code).digits]));
console.log('ISO 4217 (currency-codes 2.2.0)', JSON.stringify(iso));
const { chrome, firefox } = seen;
const isSo =
  codes.every((code) => chrome.decimals[code] === 0 && firefox.decimals[code] === iso[code]) &&
  chrome.unlisted.length === 2 && firefox.unlisted.length === 0;
process.exit(isSo ? 0 : 1);
JS
node check.mjs
