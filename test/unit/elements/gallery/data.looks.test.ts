/** Every state of the elements that show data of cards, and of the simulated reader: accessible, light and dark, and whole on a small screen. */
import { checkStates } from './checks.js';

checkStates(['card-data', 'signature', 'simulator']);
