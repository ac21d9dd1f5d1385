import { boundNote } from './bounds.ts';
import { inHouse, type House } from './house.ts';
import { MEMORY_NOTES, memoryRows, watchMemory, type Memory } from './memory-watch.ts';
import { dispatchOf } from './queue-ours.ts';
import { measured, type Bench, type BenchReport } from './report.ts';

const QUEUED = 100_000;
const LANES = 10_000;
const ENQUEUED_TOGETHER = 5_000;
const MINUTES = 4;

/** A process that only sends, behind 100,000 rows that are due, kept at that number while it works at full speed. */
export const memory: Bench = {
  name: 'memory',
  about: `memory of an outbox process with ${QUEUED} queued rows (${MINUTES} minutes, or --minutes=N)`,
  onRequest: true,
  run: ({ mongodbUri, small = false, minutes = small ? 0.5 : MINUTES }) =>
    inHouse(mongodbUri, async (house) => {
      const queued = small ? QUEUED / 10 : QUEUED;
      const load = loadOf(house);
      await load.upTo(queued);
      const memory = await watchMemory({
        uri: house.uri,
        forMs: minutes * 60_000,
        work: 'outbox',
        onDone: (sent) => load.upTo(sent + queued),
      });
      return reportOf(memory, queued, minutes);
    }),
};

function loadOf({ engine }: House) {
  const { commits } = engine({ work: [] });
  let enqueued = 0;
  let running: Promise<void> | undefined;
  async function fill(count: number): Promise<void> {
    while (enqueued < count) {
      const jobs = [...Array(ENQUEUED_TOGETHER).keys()].map((index) => enqueued + index);
      await commits.steps.enqueue(jobs.map((job) => dispatchOf(job, job % LANES)));
      enqueued += ENQUEUED_TOGETHER;
    }
  }
  return {
    /** Enqueues until so many are or were in the queue; while that is under way, further calls do nothing. */
    upTo: (count: number) => (running ??= fill(count).finally(() => (running = undefined))),
  };
}

function reportOf(memory: Memory, queued: number, minutes: number): BenchReport {
  const { rssMb, loadedMb, live, done } = memory;
  return {
    bench: 'memory',
    title: `Memory of a process that only sends, ${queued} rows queued all the time`,
    figures: measured({
      rssMb,
      loadedMb,
      liveMbPerHour: live.slope,
      liveMbPerHourError: live.error,
      sent: done,
    }),
    ratios: {},
    rows: [
      { what: 'most memory (RSS)', value: rssMb, unit: 'MB', note: boundNote(rssMb, { atMost: 150 }) },
      ...memoryRows(memory),
      { what: 'sent meanwhile', value: done, unit: 'messages' },
    ],
    notes: [
      `${minutes} minutes at full speed, a channel that answers at once; ${LANES} lanes; another process enqueues what was sent`,
      ...MEMORY_NOTES,
    ],
  };
}
