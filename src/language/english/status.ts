/** The English words of `<magtek-status>`. */
import { noReaderWords } from './common.js';

export const statusWords = {
  ...noReaderWords,
  'status.idle': 'Not connected',
  'status.connecting': 'Connecting …',
  'status.ready': 'Connected',
  'status.stale': 'Connected, but the reader does not answer',
  'status.reconnecting': 'Connection lost, trying again …',
  'status.failed': 'Not connected',
  'status.closed': 'Closed',
  'status.open': 'Open',
  'status.close': 'Close',
  'status.take-over': 'Take over',
} as const;
