/** The service console: connects to the simulated reader of `npm start`, or to the address that is typed. */
import '../src/index.js';
import '../src/elements/updater/define.js';
import { find } from './shared/find.js';
import { presentCards } from './shared/cardholder.js';
import { readerAddress } from './shared/served-reader.js';

const reader = find('magtek-reader');
const field = find('#url') as HTMLInputElement;

presentCards(find('#card') as HTMLSelectElement, find('#actions'), find('#problem'));

find('#address').addEventListener('submit', (event) => {
  event.preventDefault();
  reader.url = field.value;
});

field.value = await readerAddress();
reader.url = field.value;
reader.autoConnect = true;
