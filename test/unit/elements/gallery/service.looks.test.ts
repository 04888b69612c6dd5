/** Every state of the elements of the service console, and of the updater: accessible, light and dark, and whole on a small screen. */
import { checkStates } from './checks.js';

checkStates(['command-panel', 'log', 'updater']);
