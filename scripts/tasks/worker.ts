import { ConfigError, parseConfig } from '#src/config';
import { buildProgram, HEAP_OPTIONS, PROGRAM } from './build.ts';
import { runNode } from './child.ts';
import { loadSettings } from './settings.ts';

const WORK = 'inbox,outbox,schedule';

/**
 * `npm run worker`: the program without pages, beside others on the same database. Answers its exit code; 2 for wrong
 * settings, before anything is started.
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    loadSettings();
    const ROLES = (process.env.ROLES ?? '').trim() || WORK;
    const config = parseConfig({ ...process.env, ROLES });
    const problems = [
      ...(config.ROLES.includes('http')
        ? ['ROLES: a worker has no pages; leave http out, or use npm start']
        : []),
      ...(config.MONGODB_URI === undefined
        ? ['MONGODB_URI: is needed; the embedded database belongs to npm start alone']
        : []),
    ];
    if (problems.length > 0) throw new ConfigError(problems);
    buildProgram(console.log);
    return await runNode([...HEAP_OPTIONS, PROGRAM, ...args], { ROLES });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigError ? 2 : 1;
  }
}
