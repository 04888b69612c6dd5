/** The demo page: connects the tags to the simulated reader of `npm start`, plays the cardholder, prints DOM events. */
import '../src/index.js';
import { find } from './shared/find.js';
import { listEvents } from './shared/event-list.js';
import { presentCards } from './shared/cardholder.js';
import { readerAddress } from './shared/served-reader.js';

listEvents(find('ol'), find('#clear-events'));
presentCards(find('select'), find('#actions'), find('#problem'));

const reader = find('magtek-reader');
reader.url = await readerAddress();
reader.autoConnect = true;
