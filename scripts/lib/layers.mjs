/**
 * The layers of `src`: who may import whom, once for the rules (`.dependency-cruiser.mjs`), the lint rules about globals
 * (`eslint.config.js`) and the picture in `docs/architecture.md`.
 */

/**
 * @typedef {object} Exception
 * @property {string} from The modules that may, as the beginning of a regular expression below `src/`.
 * @property {string} to What they may import, likewise.
 * @property {true} [dynamic] Only with `import()`: loaded when it is asked for.
 * @property {string} [note] What the picture says beside the arrow; absent where the picture does not show it.
 *
 * @typedef {object} Layer
 * @property {string} name The folder below `src`.
 * @property {string} text What the picture says of it; `\n` begins a line.
 * @property {readonly string[]} uses The layers that it rests on. What those rest on may be imported as well.
 * @property {readonly Exception[]} [exceptions] What is allowed beyond that.
 * @property {readonly string[]} [packages] The npm packages that it may import, and `node:` for the modules of Node.
 */

const lit = ['lit', '@lit/context'];

/** @type {readonly Layer[]} From the top floor to the ground. */
export const layers = [
  {
    name: 'cli',
    text: 'the commands of npx magtek-elements',
    uses: ['elements', 'host', 'simulator', 'bridge'],
    packages: ['node:', 'ws', 'selfsigned', 'mqtt', 'pg'],
  },
  {
    name: 'elements',
    text: 'Lit views over a client: a folder for each element',
    uses: ['events', 'language', 'toolbox'],
    exceptions: [
      { from: 'elements/(reader|fleet|setup)/', to: 'page/', note: 'reader,\nfleet, set-up' },
      { from: 'elements/reader/', to: 'transports/', note: 'reader only' },
      { from: 'elements/(fleet|setup)/', to: 'transports/(broker-options|network-address)\\.ts' },
      { from: 'elements/fleet/', to: 'transports/mqtt-fleet\\.ts', dynamic: true },
      { from: 'elements/simulator/', to: 'simulator/', note: 'its face' },
    ],
    packages: lit,
  },
  {
    name: 'toolbox',
    text: 'scripts, and what\nis pasted',
    uses: ['client'],
    exceptions: [{ from: 'toolbox/', to: 'transports/(hid-packets|usb-products)\\.ts' }],
  },
  { name: 'events', text: 'a class for each\nDOM event', uses: ['client'] },
  { name: 'language', text: 'the words of all\nlanguages', uses: ['client'], packages: lit },
  {
    name: 'client',
    text: 'a reader without a DOM: traffic,\noperations, service tools',
    uses: ['transactions', 'device', 'journal'],
    exceptions: [{ from: 'client/', to: 'transports/transport\\.ts' }],
  },
  { name: 'transactions', text: 'one sale as\nnext(state, event)', uses: ['connection'] },
  { name: 'device', text: 'properties,\ntags, lock', uses: ['connection'] },
  { name: 'journal', text: 'the redacted\nrecord', uses: ['connection'] },
  {
    name: 'bridge',
    text: 'a reader at a\nbroker, in Node',
    uses: ['connection', 'transports'],
    exceptions: [{ from: 'bridge/', to: 'transactions/outcome\\.ts' }],
    packages: ['node:', 'mqtt', 'ws'],
  },
  {
    name: 'page',
    text: 'what a browser\ntab brings',
    uses: ['connection', 'transports'],
    exceptions: [{ from: 'page/', to: 'simulator/', dynamic: true, note: 'on\ndemand' }],
  },
  {
    name: 'connection',
    text: 'a transport kept open: states,\nback-off, request queue, errors',
    uses: ['mms'],
    // The transport itself is injected.
    exceptions: [
      { from: 'connection/', to: 'transports/transport\\.ts', note: 'the interface only' },
      { from: 'connection/', to: 'transports/broker-options\\.ts' },
    ],
  },
  {
    name: 'simulator',
    text: 'a reader in software\nthat speaks MMS bytes',
    uses: ['transports', 'mms'],
    packages: ['@humanwhocodes/momoa', '@noble/hashes', '@noble/ciphers', 'des.js'],
  },
  {
    name: 'host',
    text: 'a shop’s own\nserver, in Node',
    uses: ['mms'],
    packages: ['node:', 'valibot', 'libsql', 'pg'],
  },
  {
    name: 'transports',
    text: 'move whole messages and know nothing of what is in them',
    uses: [],
    // Text frames hold hexadecimal digits.
    exceptions: [{ from: 'transports/', to: 'mms/hex\\.ts', note: 'hexadecimal only' }],
  },
  { name: 'mms', text: 'bytes and values: the codec, its tables, redaction. Pure', uses: [] },
];

/**
 * Modules for few: others may not import them, whatever the layers say.
 * @type {readonly { at: string, for: string, loadedBy?: string }[]} regular expressions below `src/`
 */
export const reserved = [
  { at: 'transports/mqtt', for: 'transports/mqtt|bridge/|cli/', loadedBy: 'page/|elements/fleet/' },
  // The module that joins the readers of this computer is itself loaded on demand.
  {
    at: 'transports/(hid|ble|serial)',
    for: 'transports/(hid|ble|serial)|page/device-readers\\.ts|toolbox/packets\\.ts',
    loadedBy: 'page/',
  },
  { at: 'page/device-readers\\.ts', for: 'page/device-readers\\.ts', loadedBy: 'page/' },
  { at: 'simulator/node', for: 'simulator/node|cli/' },
  { at: 'elements/simulator/', for: 'elements/simulator/', loadedBy: 'loader/' },
  { at: 'cli/', for: 'cli/' },
  { at: 'host/', for: 'host/|cli/' },
  { at: 'bridge/', for: 'bridge/|cli/' },
];

/** Packages that single modules may import beyond those of their layer. */
export const packagesOf = [
  { from: 'simulator/node', packages: ['node:', 'ws', 'selfsigned'] },
  { from: 'transports/mqtt-library\\.ts', packages: ['mqtt'] },
];

/** The entries of the package that stand beside the layers, and the layers that each may join. */
export const entries = [
  { from: 'client\\.ts', joins: ['client', 'toolbox', 'transports'] },
  { from: '(index|classes)\\.ts', joins: ['elements', 'transports'] },
  // The loader of the CDN: it loads elements, and has its own copy of what it shares with them.
  { from: 'loader/.+', joins: ['elements', 'loader'] },
  { from: 'version\\.ts', joins: [] },
];

/**
 * A layer and all that it may import by its arrows, directly or through others.
 * @param {readonly string[]} names
 * @returns {Set<string>}
 */
export function reach(names) {
  const found = new Set(names);
  for (const name of found) for (const used of layers.find((layer) => layer.name === name)?.uses ?? []) found.add(used);
  return found;
}
