import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The console (antd), the playground, and pages for residents, which share only the theme and the API client. */
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/login': 'http://127.0.0.1:3000' } },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: {
        console: here('./console.html'),
        playground: here('./playground.html'),
        verify: here('./verify.html'),
      },
    },
  },
});
