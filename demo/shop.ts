/** The shop page: it loads the elements, and that is all. */
import '../src/index.js';
import '../src/elements/simulator/define.js';
