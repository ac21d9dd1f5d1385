import { defineConfig } from 'vite';

/** The program (not its pages, see web/) as one JavaScript file beside its packages, which stay in node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    // To be read: a stack trace names a function of the sources, and above it stands its file.
    minify: false,
  },
});
