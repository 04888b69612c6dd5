/** Every state of the elements of the service console: accessible, light and dark, and whole on a small screen. */
import { checkStates } from './checks.js';

checkStates(['command-panel', 'log']);
