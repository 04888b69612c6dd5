/** The bakery: it loads the elements, writes the cashier's note onto the receipts, and begins with the next customer. */
import '../src/index.js';
import '../src/elements/receipt/define.js';
import '../src/elements/simulator/define.js';
import { commands } from '../src/mms/index.js';
import { find } from './shared/find.js';
import { nextCustomer } from './shared/next-customer.js';

const note = find('input');
const receipts = document.querySelectorAll('magtek-receipt');

note.addEventListener('input', () => {
  for (const receipt of receipts) receipt.note = note.value;
});

// This reader leaves it to the page what comes of a chip that cannot be read: its own fallback is switched off.
find('magtek-reader').addEventListener('magtek-state-change', ({ currentTarget, detail }) => {
  if (detail.state !== 'ready') return;
  const { client } = currentTarget as HTMLElementTagNameMap['magtek-reader'];
  void client?.request(commands.setProperty({ oid: '1.2.1.1.1.1', value: '00' }));
});

find('#next').addEventListener('click', () => {
  nextCustomer();
  note.value = '';
});
