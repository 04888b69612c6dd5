/** States of `magtek-display`: every picture, and the reader’s own text. */
import type { DisplayString } from '../../../src/mms/tables/display-strings.js';
import type { Stage } from '../stage.js';
import type { GalleryState, States } from '../state.js';

const waiting = (title: string, accept: string): GalleryState => ({
  title,
  reach: async (stage) => {
    await stage.connect();
    await stage.sale({ accept });
  },
});

const text = (title: string, shown: DisplayString): GalleryState => ({
  title,
  reach: async (stage) => {
    await stage.connect();
    const done = stage.element.client?.showMessage(shown);
    await stage.until(() => stage.find('[role=status]').textContent.includes(shown), { isMoving: true, what: shown });
    await done;
  },
});

const ended = (title: string, approved?: boolean): GalleryState => ({
  title,
  reach: async (stage) => {
    if (approved !== undefined) stage.element.authorize = () => Promise.resolve(approved);
    await tapped(stage);
    await stage.saleEnds();
  },
});

async function tapped(stage: Stage): Promise<void> {
  await stage.connect();
  await stage.sale();
  stage.reader.tap('visa');
  await stage.settle();
}

export const display: States = {
  'no-reader': { title: 'No reader', attributes: { for: 'nobody' } },
  idle: { title: 'Nothing to do', reach: (stage) => stage.connect() },
  card: waiting('Any way of presenting a card', 'insert tap swipe'),
  insert: waiting('Insert', 'insert'),
  tap: waiting('Tap', 'tap'),
  swipe: waiting('Swipe', 'swipe'),
  wait: { title: 'Please wait', reach: tapped },
  remove: text('Remove the card', 'REMOVE CARD'),
  again: text('Try again', 'TRY AGAIN'),
  phone: text('Look at the phone', 'SEE PHONE'),
  collision: {
    title: 'Two cards at once',
    reach: async (stage) => {
      await stage.connect();
      await stage.sale();
      stage.reader.collide();
      await stage.settle();
    },
  },
  approved: ended('Approved', true),
  declined: ended('Declined', false),
  deferred: ended('Card read, decided elsewhere'),
  cancelled: {
    title: 'Cancelled',
    reach: async (stage) => {
      await stage.connect();
      await stage.sale();
      stage.element.cancelTransaction().catch(() => undefined);
      await stage.saleEnds();
    },
  },
};
