// How Vite serves and builds the Vue page.
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('magtek-') } } })],
  // The page takes its settings and its look from the folder beside this one.
  server: { fs: { allow: ['..'] } },
});
