import { provideTestMongo } from '../../scripts/mongo/provide-mongo.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The replica set all database tests of this run share; each makes its own database in it. */
    mongoUri: string;
  }
}

/** Starts one MongoDB for the whole run, or uses the one `MONGODB_TEST_URI` names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mongo = await provideTestMongo();
  project.provide('mongoUri', mongo.uri);
  return () => mongo.stop();
}
