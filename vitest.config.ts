import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const databaseTests = ['test/**/*.db.test.ts'];
const browserTests = ['test/**/*.browser.test.ts'];

export default defineConfig({
  test: {
    // Two, because a database and perhaps a browser want their share of a small machine.
    maxWorkers: 2,
    // A busy machine is no failure: tests assert what happens, not how fast.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    setupFiles: 'test/support/property-seed.ts',
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: [...databaseTests, ...browserTests] },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: databaseTests,
          globalSetup: 'test/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: existsSync(chromium) ? browserTests : [],
          globalSetup: 'test/support/global-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
