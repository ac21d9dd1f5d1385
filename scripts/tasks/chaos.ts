import { runNode } from './child.ts';

/** `npm run chaos`: the program under every fault there is, on a replica set of its own. Answers 1 for a broken bound. */
export async function run(args: readonly string[]): Promise<number> {
  return runNode(['--import', 'tsx', 'chaos/run.ts', ...args]);
}
