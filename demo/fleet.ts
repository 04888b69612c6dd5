/** The fleet page: asks `npm start` for its broker, and says what is missing where it has none. */
import '../src/index.js';
import { find } from './shared/find.js';
import { brokerAddress } from './shared/served-broker.js';

const fleet = find('magtek-fleet');
try {
  fleet.url = await brokerAddress();
} catch (error) {
  find('#problem').textContent = error instanceof Error ? error.message : String(error);
}
