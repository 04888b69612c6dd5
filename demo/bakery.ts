/** The bakery: it loads the elements, writes the cashier's note onto the receipts, and begins with the next customer. */
import '../src/index.js';
import '../src/elements/receipt/define.js';
import '../src/elements/simulator/define.js';
import { find } from './shared/find.js';
import { nextCustomer } from './shared/next-customer.js';

const note = find('input');
const receipts = document.querySelectorAll('magtek-receipt');

note.addEventListener('input', () => {
  for (const receipt of receipts) receipt.note = note.value;
});

find('#next').addEventListener('click', () => {
  nextCustomer();
  note.value = '';
});
