/** Every state of the elements of a sale: accessible, light and dark, and whole on a small screen. */
import { checkStates } from './checks.js';

checkStates(['transaction', 'display', 'receipt']);
