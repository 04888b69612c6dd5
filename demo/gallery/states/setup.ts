/** States of `magtek-setup`. What a visitor of the page keeps in the same storage stays as it is. */
import type { SavedReader } from '../../../src/elements/setup/saved-readers.js';
import { withSocketsTo } from '../reader-socket.js';
import type { Stage } from '../stage.js';
import type { States } from '../state.js';

const KEY = 'magtek-elements/readers';

const counter: SavedReader = { name: 'Counter', carrier: 'network', address: 'wss://reader.example/', device: '' };
const terrace: SavedReader = {
  name: 'Terrace, the one with the long cable',
  carrier: 'mqtt',
  address: 'wss://broker.example/mqtt',
  device: 'MagTek/Shop12/DynaFlexIIPED/B571AF2',
};
const desk: SavedReader = { name: 'Desk', carrier: 'hid', address: '', device: '' };
/** Nobody listens there. */
const nowhere: SavedReader = { ...counter, address: 'ws://127.0.0.1:9/' };

/** Lets the element find these readers when it comes into the page. */
const keeping =
  (readers: readonly SavedReader[], then?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    const kept = localStorage.getItem(KEY);
    localStorage.setItem(KEY, JSON.stringify(readers));
    await stage.settle();
    if (kept === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, kept);
    await then?.(stage);
  };

const carrier =
  (chosen: string) =>
  async (stage: Stage): Promise<void> => {
    const select = stage.find('select') as HTMLSelectElement;
    select.value = chosen;
    select.dispatchEvent(new Event('change'));
    await stage.settle();
  };

const passing = (stage: Stage): Promise<void> =>
  withSocketsTo(stage.reader, async () => {
    await stage.press('li .primary');
    await stage.shown('[part=steps] .done:nth-child(5)');
  });

export const setup: States = {
  empty: { title: 'No reader yet', reach: keeping([]) },
  readers: { title: 'Three readers', reach: keeping([counter, terrace, desk]) },
  broker: { title: 'Adding one at a broker', reach: keeping([counter], carrier('mqtt')) },
  usb: { title: 'Adding one on USB', reach: keeping([counter], carrier('hid')) },
  passed: { title: 'All steps passed', reach: keeping([counter], passing) },
  reporting: {
    title: 'Restarts are reported',
    // One page opens a reader once, and all states may be in one page.
    reach: keeping([{ ...counter, address: 'wss://second.example/' }], async (stage) => {
      await passing(stage);
      await stage.press('[part=restarts]');
      await stage.shown('p[role=status]');
    }),
  },
  failed: {
    title: 'A step failed',
    reach: keeping([nowhere], async (stage) => {
      await stage.press('li .primary');
      await stage.shown('[part=error]');
    }),
  },
};
