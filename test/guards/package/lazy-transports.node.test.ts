/**
 * The code that pages load at once has the same size whether the transports that are loaded on demand are there or not, but for the
 * names under which these find what they share with it. It looks at what `npm run build` made, and builds the CDN files once
 * more.
 */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { root } from '../../support/pages.js';

interface Chunk {
  readonly name: string;
  readonly code: string;
  readonly isInitial: boolean;
}

type Bundle = (code: string, more?: readonly Plugin[]) => Promise<Chunk[]>;
type BuildCdn = (more: readonly Plugin[]) => Promise<{ fileName: string; code: string }[]>;

const { bundle } = (await import(path.join(root, 'tools/bundle.mjs'))) as { bundle: Bundle };

/** Stands in MQTT.js. */
const LIBRARY = 'reconnectPeriod';
/** Stands in the transport for USB. */
const HID = 'requestDevice';

/** Stand in the transports for serial ports and Bluetooth. */
const SERIAL = 'requestPort';
const BLE = 'getPrimaryService';

/** Leaves nothing of the modules for devices and MQTT. */
const withoutTransports: Plugin = {
  name: 'without-transports',
  enforce: 'pre',
  load: (id) =>
    /\/(transports\/(hid(?!-packets)|serial|slip|ble|device-|awaited-|patience|mqtt)|page\/(device-|identified))[\w-]*\.[jt]s$/.test(
      id,
    )
      ? 'export {};'
      : undefined,
};

/** Bytes that the names may take under which files that are loaded later find what they share with those that are there. */
const NAMES = 400;

/** A difference of more either way is something else than names, or one of the two is not the same build. */
const expectNamesAlone = (difference: number): void => {
  expect(Math.abs(difference)).toBeLessThan(NAMES);
};

/** Bytes of what is loaded at once. */
const bytesOf = (chunks: readonly Chunk[]): number =>
  chunks.filter(({ isInitial }) => isInitial).reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);

const has = (chunks: readonly { readonly code: string }[], text: string): boolean =>
  chunks.some(({ code }) => code.includes(text));

test.each(['magtek-elements', 'magtek-elements/elements/reader'])('of %s', async (entry) => {
  const code = `import '${entry}';`;
  const [whole, without] = await Promise.all([bundle(code), bundle(code, [withoutTransports])]);
  for (const text of [LIBRARY, HID, SERIAL, BLE]) {
    expect(has(whole, text)).toBe(true);
    expect(has(without, text)).toBe(false);
  }
  // Together: what all share may be put into a file of its own.
  expectNamesAlone(bytesOf(whole) - bytesOf(without));
});

test('of the CDN files', async () => {
  // As `npm run build` has it: Vite takes the mode of tests for that of development, in which Lit is larger.
  vi.stubEnv('NODE_ENV', 'production');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { buildCdn } = (await import(path.join(root, 'tools/cdn.mjs'))) as { buildCdn: BuildCdn };
  const without = await buildCdn([withoutTransports]);
  expect(has(without, LIBRARY)).toBe(false);
  expect(readFileSync(path.join(root, 'cdn/magtek-mqtt-shared.js'), 'utf8')).toContain(LIBRARY);
  const size = (files: readonly string[], bytes: (file: string) => number): number =>
    files.reduce((sum, file) => sum + bytes(file), 0);
  for (const files of [['magtek-base.js', 'magtek-core.js'], ['magtek-elements.all.js']]) {
    const now = size(files, (file) => statSync(path.join(root, 'cdn', file)).size);
    const then = size(files, (file) =>
      Buffer.byteLength(without.find(({ fileName }) => fileName === file)?.code ?? ''),
    );
    expectNamesAlone(now - then);
  }
}, 180_000);
