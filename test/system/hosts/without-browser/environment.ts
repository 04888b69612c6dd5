/**
 * A page without a browser as Vitest has it, from the library that `npm run test:hosts` has installed: what its window has is global.
 * It does not know what is tested in it.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Environment } from 'vitest/runtime';
import { populateGlobal } from 'vitest/runtime';

const require = createRequire(new URL('../moving/package.json', import.meta.url));

interface PageWindow {
  close(): void;
}

/** @param open Makes the window from what the library exports. */
export const environmentOf = (name: string, open: (library: Record<string, unknown>) => PageWindow): Environment => ({
  name,
  viteEnvironment: 'ssr',
  async setup(global: Record<string | symbol, unknown>) {
    const library = (await import(pathToFileURL(require.resolve(name)).href)) as Record<string, unknown>;
    const window = open(library);
    const { keys, originals } = populateGlobal(global, window, {
      bindFunctions: true,
      additionalKeys: ['AbortController', 'AbortSignal'],
    });
    return {
      teardown() {
        window.close();
        for (const key of keys) Reflect.deleteProperty(global, key);
        for (const [key, value] of originals) global[key] = value;
      },
    };
  },
});
