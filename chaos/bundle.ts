import path from 'node:path';

import { build } from 'vite';

import { checkout } from '../scripts/mongo/places.ts';

const OUT_DIR = path.join(checkout, 'data/chaos');

/**
 * Puts the instance and all of our own code that it needs into one file, which loads in a third of the time: a run starts
 * more than a hundred processes. Answers the file.
 */
export async function bundleInstance(): Promise<string> {
  await build({
    root: checkout,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: 'chaos/instance.ts',
      outDir: OUT_DIR,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'instance.mjs' } },
    },
  });
  return path.join(OUT_DIR, 'instance.mjs');
}
