/** States of the elements that show data of the reader and of cards: device info, card data, signature. */
import type { Stage } from '../stage.js';
import type { States } from '../state.js';

async function read(stage: Stage): Promise<void> {
  await stage.connect();
  await stage.sale();
  stage.reader.insert('visa');
  await stage.saleEnds();
}

export const deviceInfo: States = {
  'no-reader': { title: 'No reader', attributes: { for: 'nobody' } },
  idle: { title: 'Not asked yet' },
  busy: {
    title: 'Being asked',
    reader: { latency: 60_000 },
    reach: (stage) => stage.connect(),
  },
  filled: {
    title: 'All that the reader says',
    reach: async (stage) => {
      await stage.connect();
      await stage.shown('[part~=list]');
    },
  },
  failed: {
    title: 'No answer',
    reach: async (stage) => {
      stage.reader.startFault('busy');
      await stage.connect();
      await stage.shown('[part~=error]');
    },
  },
};

export const cardData: States = {
  empty: { title: 'No card yet', reach: (stage) => stage.connect() },
  arqc: {
    title: 'An ARQC',
    reach: async (stage) => {
      await stage.connect();
      await stage.sale();
      stage.reader.tap('mastercard');
      await stage.until(() => stage.has('[part~=tree]'), { isMoving: true });
    },
  },
  batch: { title: 'A batch', reach: read },
  folded: {
    title: 'A branch folded away',
    reach: async (stage) => {
      await read(stage);
      await stage.press('[role=treeitem][aria-level="2"][aria-expanded]');
    },
  },
};

/** Asks for a signature and waits until the reader waits for it. */
async function asked(stage: Stage): Promise<void> {
  await stage.connect();
  await stage.press('[part~=request]');
  await stage.until(() => stage.reader.face.state === 'signature');
}

const SIGNATURE = [
  Array.from({ length: 55 }, (_, at) => ({ x: 20 + at * 4, y: Math.round(60 + 30 * Math.sin(at / 4)) })),
  Array.from({ length: 20 }, (_, at) => ({ x: 40 + at * 9, y: 100 - (at % 3) })),
];

export const signature: States = {
  'not-connected': { title: 'No connection' },
  empty: { title: 'None yet', reach: (stage) => stage.connect() },
  busy: { title: 'Being drawn at the reader', reach: asked },
  drawn: {
    title: 'A signature',
    reach: async (stage) => {
      await asked(stage);
      stage.reader.sign(SIGNATURE);
      await stage.shown('[part~=drawing]');
    },
  },
  cancelled: {
    title: 'The cardholder cancelled',
    reach: async (stage) => {
      await asked(stage);
      stage.reader.cancel();
      await stage.shown('[part~=error]');
    },
  },
};
