// The CDN build: one minified file with every element and Lit, and beside it what is loaded when it is asked for: the simulated
// reader, and the words of each language but English. `scripts/build.mjs` checks that nothing else comes out.
import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import { defineConfig, type Plugin } from 'vite';

/**
 * Elements load their larger parts when they are asked for. In the one file all parts are there from the start: each
 * `import('./part.js')` becomes a static import; those of the simulated reader and of the languages stay what they are.
 */
const inlineParts: Plugin = {
  name: 'inline-parts',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/elements\/(?!reader\/|fleet\/)/.test(id)) return undefined;
    const imports: string[] = [];
    const inlined = code.replace(/\bimport\(('[^']+')\)/g, (_, path: string) => {
      const name = `part${String(imports.length)}_`;
      imports.push(`import * as ${name} from ${path};`);
      return `Promise.resolve(${name})`;
    });
    // Behind the code, so that the lines of the source map stay right.
    return imports.length === 0 ? undefined : { code: `${inlined}\n${imports.join('\n')}`, map: null };
  },
};

/**
 * The simulated reader has a copy of the transports' error class of its own: with one class for all files the bundler would make a
 * file of it, which every page would load first. The class recognises its copies.
 */
const ownErrorClass: Plugin = {
  name: 'own-error-class',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!importer?.includes('/src/simulator/') || !source.endsWith('/transports/transport.js')) return undefined;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved && `${resolved.id}?simulator`;
  },
};

export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  plugins: [ownErrorClass, inlineParts, literalsHtmlCssMinifier({ include: ['src/**/*.ts'], failOnError: true })],
  build: {
    target: 'es2022',
    outDir: 'cdn',
    minify: true,
    sourcemap: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      // An input, not a library: library mode keeps the white space.
      input: { 'magtek-elements': 'src/index.ts' },
      // What both files need stays in the first one, which then exports it under short names beside its own.
      preserveEntrySignatures: 'allow-extension',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'magtek-[name].js' },
    },
  },
});
