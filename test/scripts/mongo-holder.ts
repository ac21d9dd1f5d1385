import { provideMongo } from '../../scripts/mongo/provide-mongo.ts';

/** Run by embedded-mongo.db.test.ts as a program of its own, because it gets killed. */
async function hold(dataDir: string): Promise<void> {
  const mongo = await provideMongo({ dataDir });
  console.log(mongo.uri);
  process.stdin.resume().once('end', () => void mongo.stop().then(() => process.exit(0)));
}

await hold(process.argv[2] ?? '');
