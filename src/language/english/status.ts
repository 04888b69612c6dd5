/** The English words of `<magtek-status>`. */
import { noReaderWords } from './common.js';

export const statusWords = {
  ...noReaderWords,
  'status.idle': 'Not connected',
  'status.connecting': 'Connecting …',
  'status.asking': 'Connecting … Allow it if the browser asks.',
  'status.ready': 'Connected',
  'status.stale': 'Connected, but the reader does not answer',
  'status.reconnecting': 'Connection lost, trying again …',
  'status.not-reached': 'Not reached yet, trying again …',
  'status.failed': 'Not connected',
  'status.closed': 'Disconnected',
  'status.open': 'Connect',
  'status.close': 'Disconnect',
  'status.take-over': 'Take over',
  'status.accept-certificate': 'Open {host} in a new tab',
  'status.unresolved': 'Unresolved transaction: {amount}, started {time}. Settle it before the next payment.',
  'status.reversal-needed': 'To be given back: {amount}, started {time}.',
  'health.battery': 'The reader’s battery is low.',
  'health.battery-level': 'The reader’s battery is low: {level} left.',
  'health.temperature': 'The reader is too cold or too warm.',
  'health.temperature-level': 'The reader is too cold or too warm: {level}.',
  'health.tamper': 'The reader reports that it was tampered with. Take it out of use.',
  'health.lock': 'The reader is locked and rejects commands.',
  'health.restart-soon': 'The reader restarts soon. Payments wait until then.',
  'health.restarted': 'The reader restarted at {time}.',
} as const;
