/** States of `magtek-receipt`: copies, ways of reading a card, outcomes, and what a page makes of it. */
import type { Decision } from '../../../src/transactions/outcome.js';
import type { StartTransactionOptions } from '../../../src/transactions/start-options.js';
import type { Stage } from '../stage.js';
import type { GalleryState, States } from '../state.js';

const approved: Decision = { approved: true, authorizationCode: 'A1B2C3', responseCode: '00', reference: 'R-1001' };

type Present = (stage: Stage) => void;

/** A sale that the host decides, with the shop's name above and its thanks below. */
const sold = (
  title: string,
  present: Present,
  decision: Decision,
  attributes: Readonly<Record<string, string>> = {},
  options: Partial<StartTransactionOptions> = {},
): GalleryState => ({
  title,
  attributes,
  reach: async (stage) => {
    for (const [slot, text] of [
      ['head', 'Corner bakery\n1 Market Square'],
      ['foot', 'Thank you!'],
    ] as const) {
      const part = document.createElement('div');
      part.slot = slot;
      part.textContent = text;
      stage.view.append(part);
    }
    await stage.connect();
    stage.element.authorize = () => decision;
    await stage.sale(options);
    present(stage);
    await stage.saleEnds();
    await stage.shown('[part=receipt]');
  },
});

const inserted: Present = ({ reader }) => {
  reader.insert('visa');
};
const swiped: Present = ({ reader }) => {
  reader.swipe('stripeOnly');
};
const tapped: Present = ({ reader }) => {
  reader.tap('mastercard');
};

export const receipt: States = {
  empty: { title: 'No sale yet', reach: (stage) => stage.connect() },
  customer: sold('Chip, copy of the customer', inserted, approved),
  merchant: sold('Chip, copy of the merchant', inserted, approved, { copy: 'merchant', note: 'Table 4' }),
  swiped: sold('Stripe', swiped, approved),
  declined: sold('Declined', tapped, { approved: false, message: 'Insufficient funds', responseCode: '51' }),
  refund: sold('Refund', tapped, approved, {}, { type: 'refund' }),
  'wrong-paper': { title: 'A paper that does not exist', attributes: { paper: 'a7' } },
};
