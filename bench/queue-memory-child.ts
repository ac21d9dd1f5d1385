/**
 * The process whose memory is measured: the outbox worker alone, with a channel that answers at once. Arguments: the
 * database, and for how many milliseconds. It sends a `MemorySample` to its parent every now and then.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { enterHouse } from './house.ts';
import { channelThat } from './queue-ours.ts';

export interface MemorySample {
  readonly atSeconds: number;
  readonly sent: number;
  readonly rssMb: number;
  /** What is in use right after a forced collection; absent in the first third, when nothing is forced. */
  readonly liveMb?: number;
}

const LOOK_EVERY_MS = 500;
const COLLECT_EVERY_MS = 4_000;
const MB = 2 ** 20;

const [uri = '', forMs = '0'] = process.argv.slice(2);
let sent = 0;

await enterHouse(uri, async (house) => {
  const engine = house.engine({ work: ['outbox'], channels: [channelThat(() => void (sent += 1))] });
  process.send?.(sample(0, false));
  await engine.start();
  const startMs = performance.now();
  const spentMs = () => performance.now() - startMs;
  while (spentMs() < Number(forMs)) {
    const isForced = spentMs() > Number(forMs) / 3;
    await pause(isForced ? COLLECT_EVERY_MS : LOOK_EVERY_MS);
    process.send?.(sample(spentMs() / 1_000, isForced));
  }
  await engine.stop();
});
process.disconnect();

function sample(atSeconds: number, isForced: boolean): MemorySample {
  const rssMb = process.memoryUsage.rss() / MB;
  if (!isForced) return { atSeconds, sent, rssMb };
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { atSeconds, sent, rssMb, liveMb: (heapUsed + external) / MB };
}
