#!/usr/bin/env bash
# A page closes the WebSocket of a reader that has gone silent (unplugged from the network, asleep): its close frame gets no answer. RFC 6455
# (7.1.1) then lets the client end the connection when it has waited long enough. One would expect seconds, and the same events in each
# browser. Chromium stays in CLOSING for 60 seconds, then fires `close` (1006) and no `error`; Firefox takes 20, and fires `error` and
# `close`. So a page that opens the next connection, or frees its buttons, when `close` fires shows “disconnecting” for a minute in the one;
# one that tells of failures by `error` says nothing. close() has no parameter for the time.
# Needs both browsers: CHROME_PATH and FIREFOX_PATH, or those of Debian. Takes two minutes. Exits with 1 where this is not so any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm i --silent --no-audit --no-fund puppeteer-core@24.43.1 >/dev/null
cat >check.mjs <<'JS'
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { launch } from 'puppeteer-core';

// A reader that opens WebSockets, takes what comes, and never says a word.
const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Page</title>'),
).listen(0, '127.0.0.1');
server.on('upgrade', ({ headers }, socket) => {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.on('error', () => {}).resume();
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
});
await once(server, 'listening');
const address = `127.0.0.1:${server.address().port}`;

const seen = {};
for (const [name, options] of Object.entries({
  chrome: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr' },
})) {
  const browser = await launch({ browser: name, headless: true, protocolTimeout: 200_000, ...options });
  const page = await browser.newPage();
  await page.goto(`http://${address}/`);
  seen[name] = await page.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    const begin = performance.now();
    const events = [];
    socket.onerror = () => events.push('error');
    const closed = new Promise((resolve) => (socket.onclose = ({ code, wasClean }) => resolve({ code, wasClean })));
    socket.close(1000);
    const how = await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 150_000, { code: 'none' }))]);
    return { seconds: Math.round((performance.now() - begin) / 1000), events, ...how };
  }, `ws://${address}/`);
  console.log(await browser.version(), JSON.stringify(seen[name]));
  await browser.close();
}
const { chrome, firefox } = seen;
const isSo =
  chrome.code === 1006 && chrome.events.length === 0 && chrome.seconds >= 50 && chrome.seconds <= 100 &&
  firefox.code === 1006 && firefox.events.join() === 'error' && firefox.seconds < chrome.seconds;
process.exit(isSo ? 0 : 1);
JS
node check.mjs
