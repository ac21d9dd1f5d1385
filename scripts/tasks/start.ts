import path from 'node:path';
import { ConfigError, parseConfig } from '#src/config';
import { checkout } from '../mongo/places.ts';
import { provideMongo, type ProvidedMongo } from '../mongo/provide-mongo.ts';
import { buildProgram, buildWebPages, HEAP_OPTIONS, PROGRAM } from './build.ts';
import { runNode } from './child.ts';
import { loadSettings } from './settings.ts';

/**
 * `npm start`: settings, web pages, database, app. Answers the app's exit code once the database is down again; 2 for
 * wrong settings, before anything is started.
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    loadSettings();
    const config = parseConfig(process.env);
    buildWebPages(console.log);
    buildProgram(console.log);
    const dataDir = path.resolve(checkout, config.DATA_DIR);
    const mongo = await provideMongo({ dataDir, log: console.log });
    announce(mongo);
    return await runApp(mongo, args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigError ? 2 : 1;
  }
}

function announce({ kind, description }: ProvidedMongo): void {
  console.log(`Database: ${description}.`);
  if (kind === 'given') return;
  console.log(
    'It is for trial and tests only (仅供试用). To run for real, set MONGODB_URI to a replica set.',
  );
}

async function runApp(mongo: ProvidedMongo, args: readonly string[]): Promise<number> {
  const program = [...HEAP_OPTIONS, PROGRAM, ...args];
  if (mongo.kind === 'given') return runNode(program);
  let finished = false;
  const lost = mongo.ended.then(() => {
    if (!finished)
      console.error('The embedded database ended unexpectedly. Nothing acknowledged is lost; start again.');
  });
  try {
    const environment = { MONGODB_URI: mongo.uri, YISHI_EMBEDDED_DATABASE: '1' };
    return await runNode(program, environment, { endWhen: lost });
  } finally {
    finished = true;
    await mongo.stop();
    console.log('Database stopped. 数据库已停止。');
  }
}
