/**
 * The corpus that redaction is measured with: log lines as programs, brokers, proxies and these elements write them, without card data, and
 * published test card numbers written in the ways in which they get into logs. Both come from a seed, so that a measurement can
 * be repeated.
 */

/** Small and fast, and the same everywhere (mulberry32). @param {number} seed @returns {() => number} */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} random */
function tools(random) {
  const below = (/** @type {number} */ most) => Math.floor(random() * most);
  const digits = (/** @type {number} */ count) => Array.from({ length: count }, () => String(below(10))).join('');
  const hex = (/** @type {number} */ count) => Array.from({ length: count }, () => below(16).toString(16)).join('');
  const pad = (/** @type {number} */ value, size = 2) => String(value).padStart(size, '0');
  const address = () => [10 + below(200), below(256), below(256), below(256)].join('.');
  const date = () => `2026-${pad(1 + below(12))}-${pad(1 + below(28))}`;
  const clock = () => `${pad(below(24))}:${pad(below(60))}:${pad(below(60))}`;
  const uuid = () => [8, 4, 4, 4, 12].map(hex).join('-');
  const one = (/** @type {readonly string[]} */ words) => /** @type {string} */ (words[below(words.length)]);
  return { below, digits, hex, pad, address, date, clock, uuid, one };
}

/** Kinds of lines; each is made anew with other numbers. @type {readonly ((t: ReturnType<typeof tools>) => string)[]} */
const lines = [
  (t) =>
    `${t.date()} ${t.clock()}.${t.pad(t.below(1000), 3)} INFO connection opened to wss://${t.address()}:${t.below(65536)}/`,
  (t) =>
    `${t.date()}T${t.clock()}.${t.pad(t.below(1000), 3)}Z pid=${t.below(99999)} msg="request done" ms=${t.below(9000)}`,
  (t) =>
    `[${1795000000000 + t.below(999999999)}] websocket ${t.one(['open', 'close', 'ping', 'pong'])} ${t.address()}:${t.below(65536)}`,
  (t) =>
    `trace=${t.hex(32)} span=${t.hex(16)} GET /api/sales/${t.uuid()} ${t.one(['200', '404', '500'])} ${t.below(4000)}ms`,
  (t) => `traceparent: 00-${t.hex(32)}-${t.hex(16)}-01`,
  (t) => `sha256 ${t.hex(64)} dist/index.js (${t.below(400000)} bytes)`,
  (t) => `commit ${t.hex(40)} Author: a@example.com Date: ${t.date()} ${t.clock()} +0100`,
  (t) => `modem imei=35${t.digits(13)} imsi=26201${t.digits(10)} rssi=-${t.below(99)} dBm`,
  (t) =>
    `mosquitto[${t.below(32768)}]: ${1795000000 + t.below(999999)}: New client connected from ${t.address()}:${t.below(65536)} as auto-${t.uuid()} (p2, c1, k60).`,
  (t) =>
    `${t.address()} - - [${t.pad(1 + t.below(28))}/Nov/2026:${t.clock()} +0000] "GET /demo/ HTTP/1.1" 200 ${t.below(99999)}`,
  (t) =>
    `order ${1000 + t.below(8999)} total ${t.below(999)}.${t.pad(t.below(100))} EUR customer ${100000 + t.below(899999)} phone +49 30 ${t.digits(4)} ${t.digits(4)}`,
  (t) =>
    `usb 1-${t.below(9)}: new full-speed USB device number ${t.below(99)}, idVendor=0801, idProduct=2020, bcdDevice= ${t.below(9)}.${t.pad(t.below(99))}`,
  (t) =>
    `[ ${t.below(99999)}.${t.digits(6)}] wlan0: associated with ${[0, 1, 2, 3, 4, 5].map(() => t.hex(2)).join(':')} (signal -${t.below(99)})`,
  (t) =>
    `heap ${t.below(99999999)} used ${t.below(99999999)} external ${t.below(9999999)} gc ${t.below(99)}.${t.digits(3)}`,
  (t) => `Build 20261128.${t.below(99)} of 1000007${t.digits(3)}-FW version ${t.below(9)}.${t.below(9)}.${t.below(99)}`,
  (t) =>
    `serial B${t.hex(6).toUpperCase()} firmware 1000008${t.digits(3)}-AA1-${t.pad(t.below(99))} battery ${t.below(101)} percent`,
  (t) =>
    `{"level":30,"time":${1795000000000 + t.below(999999999)},"pid":${t.below(9999)},"hostname":"till-${t.below(99)}","msg":"ready"}`,
  (t) =>
    `{"id":"${t.uuid()}","amount":"${t.below(999)}.${t.pad(t.below(100))}","currency":"EUR","at":"${t.date()}T${t.clock()}Z"}`,
  (t) => `cache ${t.one(['hit', 'miss'])} key=${t.hex(12)} age=${t.below(86400)} size=${t.below(1048576)}`,
  (t) =>
    `retry ${t.below(9)} in ${t.below(30000)} ms after ${t.one(['ECONNRESET', 'ETIMEDOUT', 'code 1006'])} (${t.address()})`,
  (t) => `Start Transaction ${t.below(999)}.${t.pad(t.below(100))} EUR, insert tap swipe, 60 s (ref ${t.below(256)})`,
  () => `Card inserted`,
  (t) => `Get Property 1.2.7.1.2.1 User event notification controls (ref ${t.below(256)})`,
  (t) => `ARQC from contact card, serial B603226, ${8 * (8 + t.below(60))} bytes encrypted`,
];

/** @param {number} count @param {number} seed @returns {string[]} */
export function logLines(count, seed) {
  const t = tools(randomFrom(seed));
  return Array.from({ length: count }, (_, at) => /** @type {(t: unknown) => string} */ (lines[at % lines.length])(t));
}

/** Whether a line is one that these elements write themselves. @param {string} line */
export const isOwnText = (line) => /^(?:Start Transaction|Card inserted|Get Property|ARQC)/.test(line);

/** Test numbers that card schemes, gateways and manuals publish. */
const testNumbers = [
  '4111111111111111',
  '4012888888881881',
  '4222222222222',
  '4917610000000000',
  '4000056655665556',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '5413330089604111',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '3566002020360505',
  '30569309025904',
  '38520000023237',
  '36227206271667',
  '6200000000000005',
  '6304000000000000018',
  '6759649826438453',
  '5019717010103742',
  '500000000009',
  '676770000004',
].filter((number) => {
  const sum = Array.from(number)
    .reverse()
    .map(Number)
    .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0);
  return sum % 10 === 0;
});

const between = ['-', ' ', '.', '|', '+', '","', '    ', ' - ', '/', '_', ':', ', '];
const codes = (/** @type {string} */ text) => Array.from(text, (character) => character.charCodeAt(0));
const packed = (/** @type {string} */ number) => (number.length % 2 === 0 ? number : `${number}F`).match(/../g) ?? [];

/** Ways in which a number gets into a log. @type {readonly ((number: string, t: ReturnType<typeof tools>) => string)[]} */
const ways = [
  (number) => number,
  (number) => `;${number}=25122010000000000000?`,
  (number) => `%B${number}^TEST/CARD^2512201?`,
  (number, t) => (number.match(/.{1,4}/g) ?? []).join(t.one(between)),
  (number, t) => (number.match(/.{1,4}/g) ?? []).join(t.one(between)),
  (number) => Array.from(number).join(' '),
  (number) => JSON.stringify({ pan: number, exp: '2512' }),
  (number) => `[${codes(number).join(',')}]`,
  (number) => JSON.stringify(Uint8Array.from(codes(number))),
  (number) =>
    `[${packed(number)
      .map((pair) => parseInt(pair, 16))
      .join(', ')}]`,
  (number) =>
    packed(number)
      .map((pair) => `0x${pair}`)
      .join(', '),
  (number) =>
    codes(number)
      .map((code) => `0x${code.toString(16)}`)
      .join(','),
  (number) =>
    codes(number)
      .map((code) => code.toString(16))
      .join(''),
  (number) =>
    codes(number)
      .map((code) => code.toString(16))
      .join(' '),
  (number) => Buffer.from(number).toString('base64'),
  (number) => Buffer.from(`{"pan":"${number}"}`).toString('base64'),
  (number) => Buffer.from(packed(number).join(''), 'hex').toString('base64'),
  (number) => `5A0${packed(number).length.toString(16)}${packed(number).join('')}`,
];

/** A line with a test number in it. @param {number} at @param {() => number} random */
export function placement(at, random) {
  const t = tools(random);
  const number = /** @type {string} */ (testNumbers[t.below(testNumbers.length)]);
  const way = ways[at % ways.length] ?? ((/** @type {string} */ text) => text);
  const written = way(number, t);
  const [before, after] = [
    t.one(['', 'card ', 'pan=', 'x', 'read: ', '"']),
    t.one(['', ' ok', '"', ';', ' end', '\n']),
  ];
  return { number, text: `${before}${written}${after}` };
}

/**
 * Whether a number can still be read in a text: all its digits in the ways in which they were written.
 * @param {string} text @param {string} number
 */
export function isLeft(text, number) {
  const compact = text.replace(/[^0-9A-Za-z*]/g, '');
  const lists = [...text.matchAll(/(?:0x[0-9a-f]{1,2}|(?<![\d"])\d{1,3}(?!["\d]))/gi)].map(([value]) => Number(value));
  const bytes = Buffer.from(lists);
  const tokens = text.match(/[A-Za-z0-9+/]{8,}={0,2}/g) ?? [];
  const decoded = tokens.flatMap((token) => {
    const from = Buffer.from(token, 'base64');
    return [from.toString('latin1'), from.toString('hex')];
  });
  const asText = compact.replace(/3([0-9])/g, '$1');
  return [text, compact, asText, bytes.toString('latin1'), bytes.toString('hex'), ...decoded].some((form) =>
    form.includes(number),
  );
}
