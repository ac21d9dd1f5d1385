import { provideTestMongo } from '../mongo/provide-mongo.ts';
import { runNode } from './child.ts';

/** `npm run bench`: the benches on a real, empty MongoDB. Answers their exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const mongo = await provideTestMongo(console.log);
    console.log(`Bench database: ${mongo.description}.`);
    try {
      return await runNode(['--import', 'tsx', 'bench/run.ts', ...args], { MONGODB_URI: mongo.uri });
    } finally {
      await mongo.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
