// The CDN build: one minified file with every element and Lit, and beside it the simulated reader, loaded when it is asked
// for. `scripts/build.mjs` checks that nothing else comes out.
import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import { defineConfig } from 'vite';

export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  plugins: [literalsHtmlCssMinifier({ include: ['src/**/*.ts'], failOnError: true })],
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
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'magtek-simulator.js' },
    },
  },
});
