// How Vite serves and builds the Svelte page.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  // The page takes its settings and its look from the folder beside this one.
  server: { fs: { allow: ['..'] } },
});
