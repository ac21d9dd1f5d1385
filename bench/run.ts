import { inbound } from './inbound.ts';
import { jsonLine, tableOf } from './figures.ts';
import { latency } from './latency.ts';
import { outbox } from './outbox.ts';
import { queue } from './queue.ts';
import { replay } from './replay.ts';
import { type Bench, type BenchOptions, type BenchReport } from './report.ts';

const BENCHES: readonly Bench[] = [inbound, latency, replay, outbox, queue];
const EXIT_WRONG_USE = 2;

/**
 * Usage: run.ts [--messages=file.jsonl] [--small] [name…]; BENCH_MESSAGES names the file too. Without a name all benches
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
  const file =
    args.find((arg) => arg.startsWith('--messages='))?.slice('--messages='.length) ??
    environment['BENCH_MESSAGES'];
  const small = args.includes('--small');
  const options: BenchOptions = { mongodbUri, small, ...(file !== undefined && { messagesFile: file }) };
  const wanted = BENCHES.filter(({ name, onRequest }) =>
    names.length === 0 ? onRequest !== true : names.includes(name),
  );
  for (const bench of wanted) show(await bench.run(options));
  return 0;
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
