/**
 * What is to be reached, and what the figures were before: the table that opens `bench/results.md`, and the bytes that `npm run size`
 * prints beside its budgets. The figures of before were measured when the targets were set, at commit c134dcb (see `bench/before.mjs`).
 */
/**
 * @typedef {object} Target
 * @property {string} what
 * @property {string} before
 * @property {number} must
 * @property {number} aim
 * @property {string} [unit] written behind the figures; the others are ratios
 * @property {boolean} [isMore] whether more is better
 */

/** Bytes (gzip) of the one file that pages loaded before. */
export const BYTES_BEFORE = 103_183;

/** In the order of the table. @satisfies {Record<string, Target>} */
export const targets = {
  'bytes-sale': {
    what: 'Bytes (gzip) of a page with reader, status and transaction from the CDN, of before',
    before: '1 (103,183)',
    must: 0.42,
    aim: 0.33,
  },
  'bytes-tools': {
    what: 'Bytes (gzip) of a page with reader, status, command panel and log before a tool is opened, of before',
    before: '1 (103,183)',
    must: 0.5,
    aim: 0.4,
  },
  load: { what: 'Throttled load to the first connected reader, of before', before: '1', must: 0.55, aim: 0.45 },
  'load-hinted': {
    what: 'The same with the hints of `docs/cdn.md` in the page',
    before: '1',
    must: 0.55,
    aim: 0.45,
  },
  'hex-fields': {
    what: 'Four fields of an ARQC, hexadecimal text in and out, in Chromium: times as fast as @tomkp/ber-tlv',
    before: '1.9',
    must: 4,
    aim: 6,
    isMore: true,
  },
  taken: {
    what: 'Decode and the fields that an application takes, mixed stream: times as fast as a hand-written cursor parser',
    before: '0.49',
    must: 0.75,
    aim: 0.9,
    isMore: true,
  },
  trip: { what: 'Request round trip, p50: times that of a bare socket', before: '2.07', must: 1.6, aim: 1.3 },
  'log-10000': {
    what: 'Log, 10,000 lines, one a task: times the time of `content-visibility` blocks',
    before: '2.05',
    must: 0.9,
    aim: 0.6,
  },
  'log-50000': {
    what: 'Log, 50,000 lines, one a task: times the time of `content-visibility` blocks',
    before: '2.1',
    must: 0.9,
    aim: 0.6,
  },
  heap: { what: 'Heap for 100,000 entries', before: '12 MB', must: 9, aim: 6, unit: ' MB' },
  packages: { what: 'Packages of an install for a page', before: '76', must: 12, aim: 8, unit: '' },
  megabytes: { what: 'Size of an install for a page', before: '41 MB', must: 10, aim: 6, unit: ' MB' },
  gap: {
    what: '1,000 messages a second with the log: worst gap between frames',
    before: '22 ms',
    must: 17,
    aim: 17,
    unit: ' ms',
  },
};
