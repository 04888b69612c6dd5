/** Bytes that are no message, before each one that is. */
import type { Fault } from './fault.js';

export const garbage: Fault = {
  title: 'Garbage',
  help: 'Bytes that are no message come before each message.',
  // The first byte keeps it from ever being a message.
  send: (message, random) => [Uint8Array.of(0xff, ...random.bytes(1 + Math.floor(random.next() * 40))), message],
};
