/** States of the two elements about the connection: `magtek-reader` and `magtek-status`. */
import type { TransportErrorCode } from '../../../src/transports/transport.js';
import type { Stage } from '../stage.js';
import type { States } from '../state.js';

const failing =
  (code: TransportErrorCode) =>
  async (stage: Stage): Promise<void> => {
    stage.gate.refusal = code;
    stage.element.reconnect = 'off';
    await stage.connect().catch(() => undefined);
    await stage.until(() => stage.element.state === 'failed');
  };

const connected = {
  connecting: {
    title: 'Connecting',
    reach: async (stage) => {
      stage.gate.isSlow = true;
      stage.connect().catch(() => undefined);
      await stage.until(() => stage.element.state === 'connecting');
    },
  },
  ready: { title: 'Connected', reach: (stage) => stage.connect() },
  stale: {
    title: 'No answer lately',
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('mute');
      await stage.element.client?.request('AA0081040113D1018402D101', { timeout: 0.05 }).catch(() => undefined);
      await stage.until(() => stage.element.state === 'stale');
    },
  },
  reconnecting: {
    title: 'Lost, and being opened again',
    reach: async (stage) => {
      await stage.connect();
      stage.gate.cut();
      await stage.until(() => stage.element.state === 'reconnecting' && stage.element.error !== undefined);
    },
  },
  failed: { title: 'Could not be opened', reach: failing('unreachable') },
  closed: {
    title: 'Disconnected',
    reach: async (stage) => {
      await stage.connect();
      stage.element.disconnect();
    },
  },
} satisfies States;

export const reader: States = { idle: { title: 'Not connected yet' }, ...connected };

export const status: States = {
  idle: { title: 'Not connected yet' },
  ...connected,
  'in-use': { title: 'Open in another tab', reach: failing('open-elsewhere') },
  'no-reader': { title: 'No reader', attributes: { for: 'nobody' } },
};
