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
  'status.closed': 'Closed',
  'status.open': 'Open',
  'status.close': 'Close',
  'status.take-over': 'Take over',
  'status.accept-certificate': 'Open {host} in a new tab',
} as const;
