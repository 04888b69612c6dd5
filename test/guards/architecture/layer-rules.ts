/**
 * The rules of the layers under `src`: who may import whom, and who may name which globals.
 * It does not know how a module is read; `source-facts.ts` does.
 */
import { readFacts, type GlobalFact, type ImportFact, type SourceText } from './source-facts.js';

/** A place that breaks a rule, for people. */
export type Violation = string;

export interface Layer {
  /** What begins the paths of its modules; the longest one that fits decides. */
  readonly at: string;
  /** The layers and modules that it may import besides itself, as beginnings of paths. */
  readonly imports: readonly string[];
  /** What it may load while running only. */
  readonly loads?: readonly string[];
  /** The packages that it may import. */
  readonly packages?: readonly string[];
}

const lit = ['lit', '@lit/context'];
const node = ['node:', 'ws', 'selfsigned'];
const pageLayers = [
  'elements/',
  'events/',
  'language/',
  'client/',
  'page/',
  'transactions/',
  'journal/',
  'connection/',
  'mms/',
  'transports/',
  'version.ts',
];
/** What works without a page, from the face of it down to the connection. */
const clientLayers = ['client/', 'transactions/', 'journal/', 'connection/', 'mms/'];

/** Arrows point one way: from top to bottom of this table. */
export const layers: readonly Layer[] = [
  { at: 'cli/', imports: [''], packages: node },
  // The modules beside the layers are entry points, which join what they offer.
  { at: '', imports: ['client.ts', ...pageLayers] },
  { at: 'client.ts', imports: [...clientLayers, 'transports/'] },
  {
    at: 'elements/simulator/',
    imports: ['elements/', 'events/', 'language/', ...clientLayers, 'simulator/', 'version.ts'],
    packages: lit,
  },
  { at: 'elements/reader/', imports: pageLayers, packages: lit },
  {
    at: 'elements/fleet/',
    imports: [
      'elements/',
      'events/',
      'language/',
      'page/',
      'client/',
      'connection/',
      'transports/broker-options.ts',
      'transports/network-address.ts',
      'version.ts',
    ],
    loads: ['transports/mqtt-fleet.ts'],
    packages: lit,
  },
  {
    at: 'elements/',
    imports: ['elements/reader/', 'events/', 'language/', ...clientLayers, 'version.ts'],
    packages: lit,
  },
  { at: 'events/', imports: clientLayers },
  { at: 'language/', imports: clientLayers, packages: lit },
  { at: 'client/', imports: ['transactions/', 'journal/', 'connection/', 'mms/', 'transports/transport.ts'] },
  {
    at: 'page/',
    imports: ['connection/', 'transports/'],
    // Only when it is asked for: a page that takes money never downloads it.
    loads: ['simulator/'],
  },
  // For Node: a reader of this computer's network, published at a broker.
  { at: 'bridge/', imports: ['connection/', 'mms/', 'transports/'], packages: ['node:', 'mqtt'] },
  { at: 'transactions/', imports: ['connection/', 'mms/'] },
  { at: 'journal/', imports: ['connection/', 'mms/'] },
  { at: 'connection/', imports: ['mms/', 'transports/transport.ts'] },
  // Every module of the simulator whose path begins so is for Node.
  { at: 'simulator/node', imports: ['simulator/', 'mms/', 'transports/'], packages: node },
  {
    at: 'simulator/',
    imports: ['mms/', 'transports/'],
    // One reads scenario files with the place of every value, the other makes the checksums of files.
    packages: ['@humanwhocodes/momoa', '@noble/hashes'],
  },
  { at: 'transports/mqtt-library.ts', imports: [], packages: ['mqtt'] },
  { at: 'transports/mqtt', imports: ['transports/', 'mms/hex.ts'] },
  // Text frames hold hexadecimal digits; what the bytes mean is not for this layer.
  { at: 'transports/', imports: ['mms/hex.ts'] },
  { at: 'version.ts', imports: [] },
  { at: 'mms/', imports: [] },
];

/** Modules that only those whose paths begin so may import, or load while running, whatever the layers say. */
const reserved: readonly {
  readonly at: string;
  readonly for: readonly string[];
  readonly loadedBy?: readonly string[];
}[] = [
  {
    at: 'transports/mqtt',
    for: ['transports/mqtt', 'bridge/', 'cli/'],
    loadedBy: ['page/', 'elements/fleet/'],
  },
  { at: 'transports/hid', for: ['transports/hid'], loadedBy: ['page/'] },
  { at: 'simulator/node', for: ['simulator/node', 'cli/'] },
  { at: 'elements/simulator/', for: ['elements/simulator/'] },
  { at: 'bridge/', for: ['bridge/', 'cli/'] },
];

const domGlobals = ['document', 'window', 'location', 'navigator', 'localStorage', 'sessionStorage'];
const clockGlobals = ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];
const pureGlobals = [
  ...domGlobals,
  ...clockGlobals,
  'console',
  'crypto',
  'fetch',
  'queueMicrotask',
  'requestAnimationFrame',
];

interface GlobalRule {
  readonly names: readonly string[];
  /** The modules that it holds for, as beginnings of paths; all where it is absent. */
  readonly within?: readonly string[];
  readonly except?: (path: string) => boolean;
  /** Holds for what is evaluated on import only. */
  readonly onImport?: true;
  /** Holds for this member only. */
  readonly member?: string;
  readonly why: string;
}

const isDefineModule = (path: string): boolean => /(^|\/)define\.ts$/.test(path);

const globalRules: readonly GlobalRule[] = [
  {
    names: ['WebSocket'],
    except: (path) => path === 'transports/web-socket.ts',
    why: 'only transports/web-socket.ts names it',
  },
  { names: ['customElements'], member: 'define', except: isDefineModule, why: 'only define modules register elements' },
  { names: ['customElements'], onImport: true, except: isDefineModule, why: 'not there in plain Node' },
  { names: domGlobals, onImport: true, why: 'not there in plain Node' },
  {
    names: domGlobals,
    within: ['client/', 'transactions/', 'journal/', 'connection/', 'simulator/'],
    why: 'this layer knows no DOM',
  },
  {
    names: clockGlobals,
    within: ['client/', 'transactions/', 'journal/', 'connection/'],
    except: (path) => path === 'connection/environment.ts',
    why: 'clock and timers are injected: see connection/environment.ts',
  },
  { names: pureGlobals, within: ['mms/'], why: 'mms is pure' },
];

/** Every place in the modules that breaks a rule; empty when all is well. */
export function findViolations(sources: readonly SourceText[]): Violation[] {
  return readFacts(sources).flatMap(({ path, imports, globals }) => {
    const layer = layerOf(path);
    if (!layer) return [`${path}: stands in no known layer`];
    return [
      ...imports.flatMap((fact) => at(path, fact.line, checkImport(path, layer, fact))),
      ...globals.flatMap((fact) => at(path, fact.line, checkGlobal(path, fact))),
    ];
  });
}

const at = (path: string, line: number, problems: readonly string[]): Violation[] =>
  problems.map((problem) => `${path}:${String(line)}: ${problem}`);

const beginsWithOne = (path: string, beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => path.startsWith(beginning));

/** The layer of a module: the most exact entry of the table; the entry for modules beside the layers fits only those. */
function layerOf(path: string): Layer | undefined {
  return layers
    .filter((layer) => (layer.at === '' ? !path.includes('/') : path.startsWith(layer.at)))
    .reduce<Layer | undefined>((best, layer) => (best && best.at.length >= layer.at.length ? best : layer), undefined);
}

function checkImport(from: string, layer: Layer, { specifier, kind, names }: ImportFact): string[] {
  if (specifier === undefined) return ['imports something that cannot be known from the source'];
  if (!specifier.startsWith('.')) return checkPackage(layer, specifier, names);
  const to = resolve(from, specifier);
  if (to === undefined) return [`imports ${specifier}, which is outside of src`];
  const reservation = reserved.find((entry) => to.startsWith(entry.at));
  const users = reservation && [...reservation.for, ...(kind === 'dynamic' ? (reservation.loadedBy ?? []) : [])];
  if (users && !beginsWithOne(from, users)) return [`imports ${to}, which is for others`];
  const isOwn = layerOf(to) === layer;
  const allowed = [...layer.imports, ...(kind === 'dynamic' ? (layer.loads ?? []) : [])];
  return isOwn || beginsWithOne(to, allowed) ? [] : [`imports ${to}, against the layers`];
}

function checkPackage({ packages = [] }: Layer, specifier: string, names: readonly string[]): string[] {
  const parts = specifier.split('/');
  const name = specifier.startsWith('node:') ? 'node:' : parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  if (!packages.includes(name)) return [`imports the package ${specifier}, which is not for this layer`];
  return names.includes('customElement')
    ? ['takes the decorator customElement, which registers outside of define modules']
    : [];
}

function checkGlobal(path: string, { name, onImport, member }: GlobalFact): string[] {
  return globalRules
    .filter(
      (rule) =>
        rule.names.includes(name) &&
        !(rule.onImport && !onImport) &&
        !(rule.member !== undefined && rule.member !== member) &&
        !(rule.within && !beginsWithOne(path, rule.within)) &&
        !rule.except?.(path),
    )
    .map(({ why }) => `names ${name}: ${why}`);
}

/** The module that a relative specifier means, with the ending of its source. */
function resolve(from: string, specifier: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/').replace(/\.js$/, '.ts');
}
