import { setTimeout as pause } from 'node:timers/promises';
import { watchChanges } from '#src/app/changes';
import { enterHouse, inHouse, type House } from './house.ts';
import { JOB_TEXT, type Attended, type Contestant } from './peers/contestant.ts';
import { inPeerDatabase } from './peers/mongo-peer.ts';
import { channelThat, dispatchOf } from './queue-ours.ts';

/** Who waits for what another process enqueues. */
export type Listener = Pick<Contestant, 'key' | 'title' | 'within'>;

/** The server's own part beside ours: nothing that hears of a row by a change stream can begin sooner. */
export function listeners(mongodbUri: string): readonly Listener[] {
  return [
    {
      key: 'oursDistant',
      title: 'ours, enqueued by another process',
      within: (use) =>
        inHouse(mongodbUri, (house) =>
          enterHouse(house.uri, (other) =>
            use({ ...NO_RATES, attend: (onStart) => attend(house, other, onStart, true) }),
          ),
        ),
    },
    {
      key: 'oursDeaf',
      title: 'ours, enqueued by another process, without the change stream',
      within: (use) =>
        inHouse(mongodbUri, (house) =>
          use({ ...NO_RATES, attend: (onStart) => attend(house, house, onStart, false) }),
        ),
    },
    {
      key: 'bareStream',
      title: 'an insert heard by a bare change stream',
      within: (use) => inPeerDatabase(mongodbUri, (db) => use({ ...NO_RATES, attend: hearing(db) })),
    },
  ];
}

const unmeasured = () => Promise.reject(new Error('only its waiting is measured'));
const NO_RATES = { enqueue: unmeasured, drain: unmeasured };

/** Wired as src/app.ts does it: one stream a process, of all collections. */
async function attend(
  house: House,
  other: House,
  onStart: (job: number) => void,
  isListening: boolean,
): Promise<Attended> {
  const engine = house.engine({ work: ['outbox'], channels: [channelThat(onStart)] });
  const { commits } = other.engine({ work: [] });
  await engine.start();
  const changes = isListening
    ? watchChanges({
        connection: house.connection,
        clock: { sleep: (ms) => pause(ms) },
        onChange: engine.heard,
        onBroken: (error) => console.error(error),
      })
    : undefined;
  return {
    enqueue: (job) => commits.steps.enqueue([dispatchOf(job, job)]),
    async stop() {
      await changes?.close();
      await engine.stop();
    },
  };
}

type PeerDb = Parameters<Parameters<typeof inPeerDatabase>[1]>[0];

function hearing(db: PeerDb) {
  return async (onStart: (job: number) => void): Promise<Attended> => {
    const jobs = db.collection<{ readonly _id: number; readonly text: string }>('jobs');
    await db.createCollection('jobs');
    const stream = jobs.watch([{ $match: { operationType: 'insert' } }, { $project: { documentKey: 1 } }]);
    stream.on('change', (change) => {
      if ('documentKey' in change) onStart(Number(change.documentKey._id));
    });
    return {
      enqueue: (job) => jobs.insertOne({ _id: job, text: JOB_TEXT }),
      stop: () => stream.close(),
    };
  };
}
