import { atPace } from './crowd.ts';
import { inHouse, type House } from './house.ts';
import { MEMORY_NOTES, memoryRows, watchMemory } from './memory-watch.ts';
import { measured, type Bench } from './report.ts';
import { settleTown } from './town.ts';
import { ballotMessages } from './votes-town.ts';

const MINUTES = 6;
/** Each of the town's 3,000 residents says something every ten seconds: nobody talks too fast. */
const BALLOTS_A_SECOND = 300;

/** A process that only decides, while everybody of the town votes and changes their vote over and over. */
export const votesMemory: Bench = {
  name: 'votes-memory',
  about: `memory of a process that decides ballots (${MINUTES} minutes, or --minutes=N)`,
  onRequest: true,
  run: ({ mongodbUri, small = false, minutes = small ? 0.5 : MINUTES }) =>
    inHouse(mongodbUri, async (house) => {
      await settleTown(house.connection, house.now());
      const over = new AbortController();
      const voting = castUntil(house, over.signal);
      const memory = await watchMemory({ uri: house.uri, forMs: minutes * 60_000, work: 'inbox' }).finally(
        () => over.abort(),
      );
      await voting;
      const { rssMb, loadedMb, live, done } = memory;
      return {
        bench: 'votes-memory',
        title: 'Memory of a process that decides ballots',
        figures: measured({
          rssMb,
          loadedMb,
          liveMbPerHour: live.slope,
          liveMbPerHourError: live.error,
          decided: done,
        }),
        ratios: {},
        rows: [
          { what: 'most memory (RSS)', value: rssMb, unit: 'MB' },
          ...memoryRows(memory),
          { what: 'decided meanwhile', value: done, unit: 'ballots' },
        ],
        notes: [
          `${minutes} minutes of ${BALLOTS_A_SECOND} ballots a second, taken in by another process; 3,000 voters in 20 polls change their votes over and over`,
          ...MEMORY_NOTES,
        ],
      };
    }),
};

async function castUntil(house: House, signal: AbortSignal): Promise<void> {
  const door = house.engine({ work: [] });
  for (let second = 0; !signal.aborted; second += 1) {
    const ballots = ballotMessages(BALLOTS_A_SECOND, `memory-${second}`, second * BALLOTS_A_SECOND);
    await atPace(ballots, BALLOTS_A_SECOND, ({ message }) => door.sink(message));
  }
}
