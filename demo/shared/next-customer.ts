/** Pages with a sale and its receipts begin anew, without anything of the customer before. */
import '../../src/elements/receipt/define.js';

export function nextCustomer(): void {
  document.querySelector('magtek-transaction')?.reset();
  for (const receipt of document.querySelectorAll('magtek-receipt'))
    Object.assign(receipt, { result: undefined, note: '' });
}
