import { existsSync } from 'node:fs';
import { provideTestMongo } from '../mongo/provide-mongo.ts';
import { runNode } from './child.ts';
import { buildWebPages } from './build.ts';

/** `npm test`: all tests on a real MongoDB; arguments go to vitest. Answers vitest's exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    buildWebPages(console.log);
    const mongo = await provideTestMongo(console.log);
    console.log(`Test database: ${mongo.description}.`);
    try {
      const code = await runNode(['node_modules/vitest/vitest.mjs', 'run', ...args], {
        MONGODB_TEST_URI: mongo.uri,
      });
      warnWithoutChromium();
      return code;
    } finally {
      await mongo.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

/** Said last, where it is read. */
function warnWithoutChromium(): void {
  const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(chromium)) return;
  const line = '!'.repeat(78);
  console.warn(`\n${line}\n!  BROWSER TESTS DID NOT RUN: there is no Chromium at ${chromium}.`);
  console.warn(`!  Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.\n${line}`);
}
