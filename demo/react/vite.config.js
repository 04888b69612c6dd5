// How Vite serves and builds the React page.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The page takes its settings and its look from the folder beside this one.
  server: { fs: { allow: ['..'] } },
});
