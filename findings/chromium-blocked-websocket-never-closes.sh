#!/usr/bin/env bash
# A WebSocket that the page's content security policy forbids: Chromium fires `error` and never `close`, although readyState is
# CLOSED; the WHATWG standard fires both when a connection fails. A page that waits for `close` waits for ever.
# Needs a Chromium: CHROME_PATH, or `chromium` on PATH. Exits with 1 where this is not so any more.
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

const server = createServer((_, response) =>
  response
    .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "connect-src 'self'" })
    .end('<!doctype html><title>Page</title>'),
).listen(0, '127.0.0.1');
await once(server, 'listening');
const browser = await launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const seen = await page.evaluate(async () => {
  const events = [];
  const socket = new WebSocket('wss://reader.example/');
  socket.onerror = () => events.push('error');
  socket.onclose = () => events.push('close');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return { events, readyState: socket.readyState };
});
console.log(await browser.version(), JSON.stringify(seen));
await browser.close();
server.close();
process.exit(seen.events.join() === 'error' && seen.readyState === 3 ? 0 : 1);
JS
node check.mjs
