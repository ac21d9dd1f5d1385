import { provideTestMongo } from '../mongo/provide-mongo.ts';
import { runNode } from './child.ts';

/** Properties that are worth it try this many times as many examples as in the everyday run. */
const FACTOR = 40;
/** A property of the night may take hours. */
const TIMEOUT_MS = 4 * 3_600_000;
/** Where the properties are. Others say nothing new at night. */
const TESTS = [
  ...['test/language', 'test/outbox', 'test/inbox', 'test/procedure', 'test/picture'],
  'test/handlers/polls/random-sequences',
  'test/scenario/many-changes',
  'test/scenario/deadline-race',
];

/** `npm run nightly`: the properties with new examples and many more of them. Answers vitest's exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const mongo = await provideTestMongo(console.log);
    const wanted = args.length > 0 ? args : TESTS;
    const options = [`--testTimeout=${TIMEOUT_MS}`, '--no-file-parallelism'];
    try {
      return await runNode(['node_modules/vitest/vitest.mjs', 'run', ...options, ...wanted], {
        MONGODB_TEST_URI: mongo.uri,
        PROPERTY_SEED: process.env.PROPERTY_SEED ?? 'random',
        PROPERTY_RUNS_FACTOR: process.env.PROPERTY_RUNS_FACTOR ?? String(FACTOR),
      });
    } finally {
      await mongo.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
