/**
 * Each rule of the layers can fail, and what is allowed passes.
 */
import { describe, expect, test } from 'vitest';
import { findViolations } from './layer-rules.js';

const check = (path: string, text: string): string[] => findViolations([{ path, text }]);

describe('wrong arrows are found', () => {
  const wrong: [string, string, string][] = [
    ['mms/a.ts', `import { b } from '../client/b.js';`, 'client/b.ts'],
    ['mms/commands/a.ts', `import { b } from '../../transports/transport.js';`, 'transports/transport.ts'],
    ['transports/a.ts', `import { decodeMessage } from '../mms/decode.js';`, 'mms/decode.ts'],
    ['client/a.ts', `import { b } from '../transports/web-socket.js';`, 'transports/web-socket.ts'],
    ['client/a.ts', `import { b } from '../transports/index.js';`, 'transports/index.ts'],
    ['client.ts', `export * from './transports/mqtt.js';`, 'transports/mqtt.ts'],
    ['transports/index.ts', `export * from './mqtt.js';`, 'transports/mqtt.ts'],
    [
      'elements/reader/reader.ts',
      `import type { B } from '../../transports/mqtt-topics.js';`,
      'transports/mqtt-topics.ts',
    ],
    ['elements/reader/reader.ts', `import { b } from '../../transports/hid.js';`, 'transports/hid.ts'],
    ['elements/log/log.ts', `const b = await import('../../transports/mqtt.js');`, 'transports/mqtt.ts'],
    ['client/a.ts', `import { b } from '../events/b.js';`, 'events/b.ts'],
    ['client/a.ts', `import { b } from '../client.js';`, 'client.ts'],
    ['simulator/a.ts', `import { b } from '../client/b.js';`, 'client/b.ts'],
    ['simulator/index.ts', `export * from './node.js';`, 'simulator/node.ts'],
    ['events/a.ts', `import { b } from '../elements/log/log.js';`, 'elements/log/log.ts'],
    ['elements/log/log.ts', `import { b } from '../../transports/web-socket.js';`, 'transports/web-socket.ts'],
    ['elements/log/log.ts', `import { b } from '../../simulator/index.js';`, 'simulator/index.ts'],
    ['elements/log/log.ts', `const b = await import('../../simulator/index.js');`, 'simulator/index.ts'],
    ['elements/reader/reader.ts', `import { b } from '../../simulator/index.js';`, 'simulator/index.ts'],
    ['elements/reader/reader.ts', `const b = await import('../../simulator/node.js');`, 'simulator/node.ts'],
    ['elements/simulator/a.ts', `import { b } from '../../simulator/node.js';`, 'simulator/node.ts'],
    ['elements/log/log.ts', `import '../simulator/define.js';`, 'elements/simulator/define.ts'],
    ['elements/log/log.ts', `import { b } from '../../cli/b.js';`, 'cli/b.ts'],
    ['index.ts', `import './elements/simulator/define.js';`, 'elements/simulator/define.ts'],
    ['index.ts', `export * from './simulator/index.js';`, 'simulator/index.ts'],
    ['index.ts', `const load = () => import('./simulator/index.js');`, 'simulator/index.ts'],
    ['client.ts', `export * from './events/a.js';`, 'events/a.ts'],
    ['version.ts', `export * from './mms/hex.js';`, 'mms/hex.ts'],
    ['client.ts', `export * from './index.js';`, 'index.ts'],
  ];
  test.each(wrong)('%s: %s', (path, text, target) => {
    expect(check(path, text)).toEqual([expect.stringContaining(`${path}:1: imports ${target}`)]);
  });

  const forms: [string, string][] = [
    ['type-only import', `import type { B } from '../client/b.js';`],
    ['import of a type', `import { type B } from '../client/b.js';`],
    ['import for side effects', `import '../client/b.js';`],
    ['namespace import', `import * as b from '../client/b.js';`],
    ['re-export', `export { b } from '../client/b.js';`],
    ['type-only re-export', `export type { B } from '../client/b.js';`],
    ['re-export of all', `export * from '../client/b.js';`],
    ['dynamic import', `export const load = () => import('../client/b.js');`],
    ['import type', `export type B = import('../client/b.js').B;`],
    ['typeof import', `export type B = typeof import('../client/b.js');`],
    ['import assignment', `import b = require('../client/b.js');`],
    ['require', `const b = require('../client/b.js');`],
    ['augmentation', `declare module '../client/b.js' { interface B {} }`],
    ['path reference', `/// <reference path="../client/b.js" />`],
  ];
  test.each(forms)('in the form of: %s', (_, text) => {
    expect(check('mms/a.ts', text)).toEqual([expect.stringContaining('imports client/b.ts')]);
  });

  test('in code, not in comments or strings', () => {
    expect(check('mms/a.ts', `// import '../client/b.js';\nconst a = "import '../client/b.js'";`)).toEqual([]);
  });

  test('with the line', () => {
    expect(check('mms/a.ts', `const a = 1;\n\nimport '../client/b.js';`)).toEqual([
      expect.stringMatching(/^mms\/a\.ts:3: /),
    ]);
  });
});

describe('right arrows pass', () => {
  const right: [string, string][] = [
    ['mms/commands/a.ts', `import { b } from '../hex.js';`],
    ['transports/index.ts', `export * from './web-socket.js';`],
    ['client/a.ts', `import { TransportError } from '../transports/transport.js'; import { b } from '../mms/hex.js';`],
    ['simulator/a.ts', `import { b } from '../mms/hex.js'; import type { C } from '../transports/transport.js';`],
    ['simulator/node.ts', `import { a } from './a.js'; import { WebSocketServer } from 'ws'; import 'node:net';`],
    ['events/a.ts', `import type { B } from '../client/b.js'; import type { C } from '../mms/message.js';`],
    ['elements/log/log.ts', `import { LitElement } from 'lit'; import { property } from 'lit/decorators.js';`],
    ['elements/log/log.ts', `import type { MagtekReader } from '../reader/reader.js'; import '../context/a.js';`],
    ['elements/log/log.ts', `import { version } from '../../version.js';`],
    [
      'elements/context/a.ts',
      `import { createContext } from '@lit/context'; import type { B } from '../../client/b.js';`,
    ],
    ['elements/reader/reader.ts', `import { WebSocketTransport } from '../../transports/web-socket.js';`],
    ['page/a.ts', `const load = () => import('../simulator/index.js');`],
    ['elements/simulator/a.ts', `import { SimulatedReader } from '../../simulator/index.js'; import '../log/log.js';`],
    ['client.ts', `export * from './client/a.js'; export * from './transports/index.js';`],
    ['index.ts', `export * from './classes.js'; import './elements/log/define.js'; export * from './client.js';`],
    ['cli/a.ts', `import '../simulator/node.js'; import '../client.js'; import selfsigned from 'selfsigned';`],
  ];
  test.each(right)('%s: %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});

describe('packages', () => {
  const wrong: [string, string][] = [
    ['mms/a.ts', 'lit'],
    ['client/a.ts', 'lit'],
    ['client/a.ts', 'node:events'],
    ['transports/web-socket.ts', 'ws'],
    ['simulator/a.ts', 'ws'],
    ['events/a.ts', 'lit'],
    ['elements/log/log.ts', 'ws'],
    ['elements/log/log.ts', 'left-pad'],
    ['elements/log/log.ts', 'magtek-elements/mms'],
    ['index.ts', 'lit'],
  ];
  test.each(wrong)('%s may not import %s', (path, name) => {
    expect(check(path, `import '${name}';`)).toEqual([expect.stringContaining(`the package ${name}`)]);
  });
});

test('modules that are in no layer, outside of src, or unknown are refused', () => {
  expect(check('elsewhere/a.ts', `import '../mms/hex.js';`)).toEqual([expect.stringContaining('no known layer')]);
  expect(check('elsewhere/a.ts', `export const a = 1;`)).toEqual([expect.stringContaining('no known layer')]);
  expect(check('cli/a.ts', `import '../../test/support/a.js';`)).toEqual([expect.stringContaining('outside of src')]);
  expect(check('cli/a.ts', `const a = (name) => import(name);`)).toEqual([expect.stringContaining('cannot be known')]);
});

describe('WebSocket', () => {
  const named = [
    `const socket = () => new WebSocket('ws://localhost');`,
    `const socket = () => new globalThis.WebSocket('ws://localhost');`,
    `const socket = () => new (globalThis as any)['WebSocket']('ws://localhost');`,
    `const { WebSocket: Socket } = globalThis;`,
    `const { WebSocket } = window;`,
    `const options = { WebSocket };`,
    `export { WebSocket };`,
    `export type Socket = WebSocket;`,
    `export type Constructor = typeof WebSocket;`,
    `const known = typeof WebSocket !== 'undefined';`,
  ];
  test.each(named)('may not be named in another module: %s', (text) => {
    expect(check('transports/other.ts', text).join()).toContain('names WebSocket');
    expect(check('transports/web-socket.ts', text).join()).not.toContain('names WebSocket');
  });

  const harmless = [
    `interface Options { WebSocket?: unknown }`,
    `const use = ({ WebSocket }: { WebSocket: new () => object }) => new WebSocket();`,
    `const use = (options) => new options.WebSocket();`,
    `const use = ({ WebSocket: Socket }) => new Socket();`,
    `// new WebSocket('ws://localhost')\nconst text = 'WebSocket';`,
  ];
  test.each(harmless)('may be a name of one’s own: %s', (text) => {
    expect(check('transports/other.ts', text)).toEqual([]);
  });

  test('may be imported from a package in Node', () => {
    const text = `import { WebSocket } from 'ws';\nexport const open = (url) => new WebSocket(url);`;
    expect(check('cli/a.ts', text)).toEqual([]);
  });
});

describe('registration', () => {
  const calls = [
    `export const register = () => customElements.define('a-b', A);`,
    `export const register = () => customElements?.define('a-b', A);`,
    `export const register = () => customElements['define']('a-b', A);`,
    `export const register = () => globalThis.customElements.define('a-b', A);`,
    `export const register = () => (window.customElements as any).define('a-b', A);`,
    `export const register = () => { const define = customElements.define; };`,
  ];
  test.each(calls)('belongs in a define module: %s', (text) => {
    expect(check('elements/log/log.ts', text)).toEqual([expect.stringContaining('only define modules')]);
    expect(check('elements/log/define.ts', text)).toEqual([]);
  });

  test('by decorator is found', () => {
    const text = `import { customElement as element } from 'lit/decorators.js';`;
    expect(check('elements/log/log.ts', text)).toEqual([expect.stringContaining('decorator customElement')]);
  });

  test('may be asked for while running', () => {
    expect(check('elements/log/log.ts', `const known = () => customElements.get('magtek-reader');`)).toEqual([]);
  });
});

describe('what a page has is not touched on import', () => {
  const touching = [
    `const title = document.title;`,
    `const title = globalThis.document.title;`,
    `const known = typeof document !== 'undefined';`,
    `document.title = 'a';`,
    `const { userAgent } = navigator;`,
    `if (location.protocol === 'https:') console.log('safe');`,
    `const title = (() => document.title)();`,
    `const title = (function () { return document.title; })();`,
    `class A { static title = document.title; }`,
    `class A { static { document.title = 'a'; } }`,
    `class A { @decorate(document) title; }`,
    `class A { [document.title]() {} }`,
    `class A extends window.Base {}`,
    `const title = \`\${document.title}\`;`,
    `export default document;`,
  ];
  test.each(touching)('%s', (text) => {
    expect(check('elements/log/log.ts', text).join()).toMatch(/names (document|window|location|navigator)/);
  });

  const waiting = [
    `const title = () => document.title;`,
    `function title(from = document) { return from.title; }`,
    `class A { title = document.title; }`,
    `class A { title() { return document.title; } }`,
    `class A { get title() { return document.title; } }`,
    `class A { constructor() { document.title = 'a'; } }`,
    `type Page = typeof document;`,
    `let page: typeof document | undefined;`,
    `class A implements Pick<typeof window, 'document'> { document = 1; }`,
    `declare global { interface Window { document: typeof document } }`,
    `const page = { document: 1 }; page.document;`,
    `const read = (document) => document.title;`,
  ];
  test.each(waiting)('later, or never: %s', (text) => {
    expect(check('elements/log/log.ts', text)).toEqual([]);
  });

  test('customElements is for define modules', () => {
    const text = `if (!customElements.get('a-b')) customElements.define('a-b', A);`;
    expect(check('elements/log/define.ts', text)).toEqual([]);
    expect(check('elements/log/log.ts', text).join()).toContain('not there in plain Node');
    expect(check('elements/log/define.ts', `const title = document.title;`)).toHaveLength(1);
  });
});

describe('layers that know less', () => {
  const wrong: [string, string][] = [
    ['client/a.ts', `const visible = () => document.visibilityState;`],
    ['client/a.ts', `const online = () => navigator.onLine;`],
    ['client/a.ts', `const wait = (then) => setTimeout(then, 1);`],
    ['client/a.ts', `const now = () => Date.now();`],
    ['simulator/a.ts', `const keep = () => localStorage.setItem('a', 'b');`],
    ['mms/a.ts', `const now = () => performance.now();`],
    ['mms/a.ts', `const say = (text) => console.log(text);`],
    ['mms/a.ts', `const load = () => fetch('tables.json');`],
  ];
  test.each(wrong)('%s: %s', (path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });

  test('the client has its clock from one place', () => {
    const text = `export const now = () => performance.now();`;
    expect(check('connection/environment.ts', text)).toEqual([]);
    expect(check('client/a.ts', `const wait = (environment) => environment.setTimeout(() => {}, 1);`)).toEqual([]);
  });
});
