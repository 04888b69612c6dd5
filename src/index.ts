/**
 * Entry `magtek-elements`: registers the elements of a page with a reader and exports everything. The receipt, the set-up, the updater and
 * the simulated reader have entries of their own.
 */
import './elements/reader/define.js';
import './elements/status/define.js';
import './elements/transaction/define.js';
import './elements/display/define.js';
import './elements/card-data/define.js';
import './elements/device-info/define.js';
import './elements/signature/define.js';
import './elements/command-panel/define.js';
import './elements/log/define.js';
import './elements/fleet/define.js';

export * from './classes.js';
