/**
 * What pages load at once has the same size whether the transports that are loaded on demand are there or not, but for the
 * names under which these find what they share with it. It looks at what `npm run build` made, and builds the CDN file once
 * more.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { root } from '../../support/pages.js';

interface Chunk {
  readonly name: string;
  readonly code: string;
  readonly isInitial: boolean;
}

type Bundle = (code: string, more?: readonly Plugin[]) => Promise<Chunk[]>;

const { bundle } = (await import(path.join(root, 'scripts/bundle.mjs'))) as { bundle: Bundle };

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
    /\/(transports\/(hid|serial|slip|ble|device-|awaited-|patience|mqtt)|page\/(device-|identified))[\w-]*\.[jt]s$/.test(
      id,
    )
      ? 'export {};'
      : undefined,
};

/** Bytes that a file may grow by for the names that it exports to what is loaded later. */
const NAMES = 100;

/** Bytes by which all files that are loaded at once may grow together, where what they share becomes a file. */
const SHARED = 600;

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
  expect(bytesOf(whole) - bytesOf(without)).toBeLessThan(SHARED);
});

test('of the CDN file', async () => {
  const { output } = (await build({
    root,
    configFile: path.join(root, 'vite.cdn.config.ts'),
    logLevel: 'error',
    plugins: [withoutTransports],
    build: { write: false, sourcemap: false },
  })) as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  expect(has(chunks, LIBRARY)).toBe(false);
  expect(readFileSync(path.join(root, 'cdn/magtek-mqtt.js'), 'utf8')).toContain(LIBRARY);
  const without = chunks.find(({ isEntry }) => isEntry)?.code ?? '';
  const whole = readFileSync(path.join(root, 'cdn/magtek-elements.js'), 'utf8');
  const withoutSourceMap = whole.replace(/\s*\/\/# sourceMappingURL=\S+\s*$/, '');
  expect(Buffer.byteLength(withoutSourceMap) - Buffer.byteLength(without)).toBeLessThan(NAMES);
});
