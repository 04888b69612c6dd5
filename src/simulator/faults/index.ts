/**
 * Table of the faults of the simulated reader, by name.
 */
import { isResponse, withNextReference, type Fault } from './fault.js';

/** Status details [PJ]: device offline; transaction already in progress; battery at 5 percent or less. */
const OFFLINE = '010109';
const TRANSACTION_IN_PROGRESS = '020308';
const BATTERY_TOO_LOW = '020316';

/** A battery at which the card readers are off [MG p235], and a full one. */
const EMPTY_PERCENT = 5;
const FULL_PERCENT = 100;

/** Commands that need the card readers, the keypad or the scanner [D], and those that change firmware [MG p128]. */
const needsPower: ReadonlySet<number> = new Set([0x1001, 0x1801, 0x1804, 0x2001, 0x2002, 0xd801, 0xd901]);

const SLOW_MILLISECONDS = 3_000;

export const faults = {
  mute: {
    title: 'Mute',
    help: 'Commands are carried out, but the reader sends no answers and no notifications.',
    send: () => [],
  },
  slow: {
    title: 'Slow',
    help: 'Every message comes three seconds late.',
    delay: SLOW_MILLISECONDS,
  },
  busy: {
    title: 'Busy',
    help: 'Every command is refused: a transaction is in progress.',
    fateOf: () => ({ refused: TRANSACTION_IN_PROGRESS }),
  },
  drop: {
    title: 'Drop the connection',
    help: 'The next command cuts the connection instead of being answered. Whether it was carried out cannot be known.',
    fateOf: () => 'cut',
  },
  'drop-after': {
    title: 'Drop the connection after the command',
    help: 'The next command is carried out, and the connection is cut before the answer.',
    fateOf: () => 'cut-after',
  },
  garbage: {
    title: 'Garbage',
    help: 'Bytes that are not a message come before each message.',
    // The first byte keeps it from ever being a message.
    send: (message, random) => [Uint8Array.of(0xff, ...random.bytes(1 + Math.floor(random.next() * 40))), message],
  },
  truncated: {
    title: 'Truncated',
    help: 'Of each message only the first half arrives.',
    send: (message) => [message.slice(0, Math.ceil(message.length / 2))],
  },
  duplicate: {
    title: 'Answer twice',
    help: 'Every answer comes twice.',
    send: (message) => (isResponse(message) ? [message, message] : [message]),
  },
  'wrong-reference': {
    title: 'Wrong reference',
    help: 'Answers carry the reference number of another command.',
    send: (message) => [isResponse(message) ? withNextReference(message) : message],
  },
  foreign: {
    title: 'Foreign traffic',
    help: 'Answers to another client’s commands come before your own.',
    send: (message) => (isResponse(message) ? [withNextReference(message), message] : [message]),
  },
  'low-battery': {
    title: 'Low battery',
    help: 'The reader warns of 5 percent and refuses to read cards and to take firmware.',
    begin: (target) => {
      target.setBattery(EMPTY_PERCENT);
      // The last byte is the percentage [DP 1001].
      target.announce(0x1001, '00020005');
    },
    end: (target) => {
      target.setBattery(FULL_PERCENT);
      target.announce(0x1001, '00020200');
    },
    fateOf: ({ id }) => (needsPower.has(id) ? { refused: BATTERY_TOO_LOW } : undefined),
  },
  // As readers do once a day [IOM].
  reset: {
    title: 'Restart',
    help: 'The reader restarts now: connections end, a running sale is lost.',
    isMomentary: true,
    begin: (target) => target.restart(),
  },
  full: {
    title: 'Full',
    help: 'New clients are turned away: too many are connected.',
    refusesClients: true,
  },
  // A cable, a crashed access point: one end is gone without the other knowing.
  'half-open': {
    title: 'Half-open',
    help: 'The connection stays open and nothing passes in either direction.',
    fateOf: () => 'unheard',
    send: () => [],
  },
  // After tampering, for example.
  offline: {
    title: 'Offline',
    help: 'The reader is out of service and refuses every command.',
    state: 'offline',
    begin: (target) => target.stop(),
    fateOf: () => ({ refused: OFFLINE }),
  },
  'repeat-arqc': {
    title: 'Repeat the card data',
    help: 'The last card data for the host are sent once more now, as if they were new.',
    isMomentary: true,
    begin: (target) => target.repeatArqc(),
  },
  'card-refuses': {
    title: 'Card refuses',
    help: 'In full EMV the chip card declines although the host said yes.',
    cardRefuses: true,
  },
  'bad-chip': {
    title: 'Bad chip',
    help: 'The chip of a card in the slot gives no answer: the reader, or the page, has it tried again, and then the stripe.',
    chipFails: true,
  },
  'clear-card-data': {
    title: 'Card number in clear',
    help: 'Card numbers and tracks are sent in clear beside the encrypted ones, as by a reader that is set up wrongly.',
    cardData: 'clear',
  },
  'bad-track': {
    title: 'Bad track',
    help: 'Track 2 of a stripe cannot be read, track 1 can.',
    cardData: 'bad-track',
  },
  'empty-track': {
    title: 'Empty track',
    help: 'Track 2 of a stripe has nothing on it, track 1 has.',
    cardData: 'empty-track',
  },
} as const satisfies Readonly<Record<string, Fault>>;

/** Name of a fault. */
export type FaultName = keyof typeof faults;

/** @throws {RangeError} naming those that exist. */
export function faultOf(name: string): Fault {
  const fault = Object.hasOwn(faults, name) ? faults[name as FaultName] : undefined;
  if (!fault) throw new RangeError(`there is no fault “${name}”: ${Object.keys(faults).join(', ')}`);
  return fault;
}
