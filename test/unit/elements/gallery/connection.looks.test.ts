/** Every state of the elements about the connection and the reader: accessible, light and dark, and whole on a small screen. */
import { checkStates } from './checks.js';

checkStates(['reader', 'status', 'device-info', 'setup']);
