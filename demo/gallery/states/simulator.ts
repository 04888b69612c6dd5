/** States of `magtek-simulator`: what the simulated reader may be doing. */
import type { States } from '../state.js';

export const simulator: States = {
  idle: { title: 'Idle', reach: (stage) => stage.connect() },
  'waiting-for-card': {
    title: 'Waiting for a card',
    reach: async (stage) => {
      await stage.connect();
      await stage.sale();
    },
  },
  reading: {
    title: 'Reading a card in its slot',
    reach: async (stage) => {
      await stage.connect();
      await stage.sale();
      stage.reader.insert('amex');
      await stage.settle();
    },
  },
  pin: {
    title: 'A PIN is asked for',
    reach: async (stage) => {
      await stage.connect();
      stage.element.requestPin().catch(() => undefined);
      await stage.shown('[part~=keypad]');
      await stage.press('[part~=keypad] button');
    },
  },
  signature: {
    title: 'A signature is asked for',
    reach: async (stage) => {
      await stage.connect();
      stage.element.requestSignature().catch(() => undefined);
      await stage.shown('[part~=signature]');
    },
  },
  problem: {
    title: 'A card that cannot be used there',
    reach: async (stage) => {
      await stage.connect();
      await stage.press('[data-card=stripeOnly] input');
      await stage.press('[data-place=tap]');
    },
  },
  faults: {
    title: 'Simulated faults',
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('low-battery');
      await stage.press('[part~=faults] summary');
    },
  },
  offline: {
    title: 'Out of service',
    reach: async (stage) => {
      await stage.connect();
      stage.reader.startFault('offline');
      await stage.settle();
    },
  },
};
