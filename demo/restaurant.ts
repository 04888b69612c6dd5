/** The restaurant: it loads the elements, adds cash back to the sale, and begins with the next guest. */
import '../src/index.js';
import '../src/elements/receipt/define.js';
import '../src/elements/simulator/define.js';
import { find } from './shared/find.js';
import { nextCustomer } from './shared/next-customer.js';

const cash = find('input');
const sale = find('magtek-transaction');

/** Food alone: the reader offers shares of it. With cash it offers amounts, because shares would be of the cash, too. */
const food = { amount: '24.00', otherAmount: '', tipOptions: '15% 18% 20% 22% 25% 30%' };
const foodAndCash = { amount: '34.00', otherAmount: '10.00', tipOptions: '3 4 5 6 7 8' };

const priceSale = (): void => {
  Object.assign(sale, cash.checked ? foodAndCash : food);
};
cash.addEventListener('change', priceSale);
// Browsers keep what was chosen before a reload.
priceSale();

find('#next').addEventListener('click', () => {
  nextCustomer();
  cash.checked = false;
  priceSale();
});
