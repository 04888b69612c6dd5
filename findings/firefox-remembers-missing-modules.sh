#!/usr/bin/env bash
# A module that import() could not load, because its file was gone for a moment: Firefox never asks for it again as long as the page
# is open, Chromium asks again with each import(). So “try again” helps in Chromium, and only a reload helps in Firefox.
# Needs both browsers: CHROME_PATH and FIREFOX_PATH, or those of Debian. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent puppeteer-core@24.43.1
cat >check.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { launch } from 'puppeteer-core';

let isThere = false;
let requests = 0;
const server = createServer(({ url }, response) => {
  if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Page</title>');
  else if (url === '/part.js') {
    requests++;
    const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-store' };
    response.writeHead(isThere ? 200 : 404, headers).end(isThere ? 'export const part = 1;' : '');
  } else response.writeHead(404).end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${server.address().port}/`;

const seen = {};
for (const [name, options] of Object.entries({
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
})) {
  isThere = false;
  requests = 0;
  const browser = await launch({ browser: name, headless: true, ...options });
  const page = await browser.newPage();
  await page.goto(address);
  const load = () =>
    page.evaluate((url) => import(url).then(({ part }) => part, () => 'failed'), `${address}part.js`);
  const first = await load();
  isThere = true;
  seen[name] = `${first}, then ${await load()}, after ${requests} requests`;
  console.log(await browser.version(), seen[name]);
  await browser.close();
}
server.close();
const expected = { chrome: 'failed, then 1, after 2 requests', firefox: 'failed, then failed, after 1 requests' };
process.exit(seen.chrome === expected.chrome && seen.firefox === expected.firefox ? 0 : 1);
JS
node check.mjs
