import { idle } from './idle.ts';
import { inbound } from './inbound.ts';
import { jsonLine, tableOf } from './figures.ts';
import { latency } from './latency.ts';
import { outbox } from './outbox.ts';
import { memory } from './queue-memory.ts';
import { parked } from './queue-parked.ts';
import { queue } from './queue.ts';
import { replay } from './replay.ts';
import { type Bench, type BenchOptions, type BenchReport } from './report.ts';
import { verify } from './verify.ts';
import { votesMemory } from './votes-memory.ts';
import { votes, votesMillion } from './votes.ts';

const BENCHES: readonly Bench[] = [
  inbound,
  latency,
  replay,
  outbox,
  queue,
  parked,
  memory,
  verify,
  idle,
  votes,
  votesMillion,
  votesMemory,
];
const EXIT_WRONG_USE = 2;

/**
 * Usage: run.ts [--messages=file.jsonl] [--small] [--minutes=N] [name…]; BENCH_MESSAGES names the file too. Without a name all benches
 * that are done within a minute.
 */
async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  const mongodbUri = environment['MONGODB_URI'];
  if (unknown.length > 0 || mongodbUri === undefined) {
    console.error(
      `No bench is called ${unknown.join(', ')}. There are:\n${BENCHES.map(({ name, about }) => `  ${name}  ${about}`).join('\n')}`,
    );
    return EXIT_WRONG_USE;
  }
  const options = optionsOf(args, mongodbUri, environment);
  const wanted = BENCHES.filter(({ name, onRequest }) =>
    names.length === 0 ? onRequest !== true : names.includes(name),
  );
  for (const bench of wanted) show(await bench.run(options));
  return 0;
}

function optionsOf(
  args: readonly string[],
  mongodbUri: string,
  environment: NodeJS.ProcessEnv,
): BenchOptions {
  const valueOf = (flag: string) => args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  const messagesFile = valueOf('messages') ?? environment['BENCH_MESSAGES'];
  const minutes = Number(valueOf('minutes'));
  return {
    mongodbUri,
    small: args.includes('--small'),
    ...(messagesFile !== undefined && { messagesFile }),
    ...(minutes > 0 && { minutes }),
  };
}

function show(report: BenchReport): void {
  console.log(`\n${report.title}\n${tableOf(report.rows)}`);
  for (const note of report.notes) console.log(`  · ${note}`);
  console.log(jsonLine(report));
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
