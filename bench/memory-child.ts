/**
 * The process whose memory is measured. Arguments: the database, for how many milliseconds, and its work: `outbox` sends
 * by a channel that answers at once, `inbox` decides what others take in. It sends a `MemorySample` to its parent every
 * now and then.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { enterHouse } from './house.ts';
import { channelThat } from './queue-ours.ts';

export interface MemorySample {
  readonly atSeconds: number;
  /** Messages that were sent, or decided. */
  readonly done: number;
  readonly rssMb: number;
  /**
   * The least that was in use right after some forced collections: what is under way at one of them is no growth.
   * Absent in the first third, when nothing is forced.
   */
  readonly liveMb?: number;
}

const LOOK_EVERY_MS = 500;
const LOOKS_A_SAMPLE = 8;
const MB = 2 ** 20;

const [uri = '', forMs = '0', work = ''] = process.argv.slice(2);
let done = 0;
const count = () => void (done += 1);

await enterHouse(uri, async (house) => {
  const engine =
    work === 'inbox'
      ? house.engine({ work: ['inbox'], onDecided: count })
      : house.engine({ work: ['outbox'], channels: [channelThat(count)] });
  process.send?.(sample(0));
  await engine.start();
  const startMs = performance.now();
  const spentMs = () => performance.now() - startMs;
  while (spentMs() < Number(forMs)) {
    const isForced = spentMs() > Number(forMs) / 3;
    if (!isForced) await pause(LOOK_EVERY_MS);
    const liveMb = isForced ? await leastInUse() : undefined;
    process.send?.(sample(spentMs() / 1_000, liveMb));
  }
  await engine.stop();
});
process.disconnect();

async function leastInUse(): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < LOOKS_A_SAMPLE; look += 1) {
    await pause(LOOK_EVERY_MS);
    global.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, (heapUsed + external) / MB);
  }
  return least;
}

function sample(atSeconds: number, liveMb?: number): MemorySample {
  const rssMb = process.memoryUsage.rss() / MB;
  return { atSeconds, done, rssMb, ...(liveMb !== undefined && { liveMb }) };
}
