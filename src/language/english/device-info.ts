/** The English words of `<magtek-device-info>`. */
import { copyWords, noReaderWords } from './common.js';

export const deviceInfoWords = {
  ...noReaderWords,
  ...copyWords,
  'device-info.title': 'About the reader',
  'device-info.model': 'Model',
  'device-info.unknown': 'unknown',
  'device-info.battery': 'Battery',
  'device-info.volume': 'Volume',
  'device-info.wireless': 'Wireless',
  'device-info.lock': 'Lock',
  'device-info.locked': 'locked',
  'device-info.unlocked': 'unlocked',
  'device-info.keys': 'Keys',
  'device-info.production': 'for production',
  'device-info.test': 'for tests',
  'device-info.serial-number': 'Serial number',
  'device-info.capabilities': 'Capabilities, layout not published',
  'device-info.connection-limit': 'Connections at a time',
  'device-info.refresh': 'Refresh',
  'device-info.copy': 'Copy',
  'device-info.busy': 'Asking the reader …',
  'device-info.empty': 'The reader has not been asked yet.',
} as const;
