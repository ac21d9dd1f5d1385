import { provideMongo, type ProvidedMongo } from '../mongo/provide-mongo.ts';
import { runNode } from './child.ts';
import { dataDir, loadSettings } from './settings.ts';
import { buildWebPages } from './web.ts';

/** `npm start`: web pages, database, app. Answers the app's exit code once the database is down again. */
export async function run(args: readonly string[]): Promise<number> {
  loadSettings();
  try {
    buildWebPages(console.log);
    const mongo = await provideMongo({ dataDir: dataDir(), log: console.log });
    announce(mongo);
    return await runApp(mongo, args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

async function runApp(mongo: ProvidedMongo, args: readonly string[]): Promise<number> {
  const program = ['--import', 'tsx', 'src/main.ts', ...args];
  if (mongo.kind === 'given') return runNode(program);
  let finished = false;
  const lost = mongo.ended?.then(() => {
    if (!finished)
      console.error('The embedded database ended unexpectedly. Start again: nothing acknowledged is lost.');
  });
  try {
    const environment = { MONGODB_URI: mongo.uri, YISHI_EMBEDDED_DATABASE: '1' };
    return await runNode(program, environment, { ...(lost && { endWhen: lost }) });
  } finally {
    finished = true;
    await mongo.stop();
    console.log('Database stopped. 数据库已停止。');
  }
}

function announce({ kind, description }: ProvidedMongo): void {
  if (kind === 'given') return console.log(`Database: ${description}.`);
  console.log(`Database: ${description}.`);
  console.log(
    'This database is for trial and tests only (仅供试用). To run for real, set MONGODB_URI to a replica set.',
  );
}
