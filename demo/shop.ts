/** The shop page: it loads the elements, and a view of what the shop's host knows. */
import '../src/index.js';
import '../src/elements/simulator/define.js';
import './shared/host-view.js';
