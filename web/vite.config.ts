import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

import { themeCss } from './src/theme/css-variables.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of a poll works without scripts, so its colours are in it from the start. */
const themed: Plugin = {
  name: 'theme-in-the-page',
  transformIndexHtml: (page) => page.replace('<!-- theme -->', () => `<style>${themeCss()}</style>`),
};

/** The console (antd), the playground, and pages for residents, which share only the theme and the API client. */
export default defineConfig({
  root: here('.'),
  plugins: [react(), themed],
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/login': 'http://127.0.0.1:3000',
      '/vote': 'http://127.0.0.1:3000',
    },
  },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: {
        console: here('./console.html'),
        playground: here('./playground.html'),
        verify: here('./verify.html'),
        vote: here('./vote.html'),
      },
    },
  },
});
