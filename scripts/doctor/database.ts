import type { Connection } from 'mongoose';
import { z } from 'zod';
import { indexDifferences, type Indexed } from '#src/database/indexes';

import type { Remark } from './remarks.ts';

const SKEW_WORTH_A_LOOK_MS = 1_000;
const ADVISED_MEMBERS = 3;

const ADVISED_LIFETIME_S = 15;

const lifetimeAnswer = z.object({ transactionLifetimeLimitSeconds: z.number() });
const helloAnswer = z.object({ setName: z.string().optional() });
const clockAnswer = z.object({ localTime: z.date() });
const statusAnswer = z.object({
  members: z.array(z.object({ name: z.string(), stateStr: z.string(), health: z.number() })),
});

/** Whether it is a replica set, whether it takes writes, and how many members bear it. */
export async function lookAtReplicaSet(connection: Connection): Promise<readonly Remark[]> {
  const admin = connection.getClient().db('admin');
  const { setName } = helloAnswer.parse(await admin.command({ hello: 1 }));
  if (setName === undefined) {
    const cure = 'make it a replica set; one member is enough (docs/operations.md)';
    return [{ mark: 'broken', about: 'database', says: 'is a standalone server', cure }];
  }
  const status = await admin.command({ replSetGetStatus: 1 }).catch(() => undefined);
  if (!status) {
    const cure = 'give the account the role clusterMonitor if this shall be looked at';
    return [
      {
        mark: 'look',
        about: 'database',
        says: `replica set ${setName}, its members may not be asked for`,
        cure,
      },
    ];
  }
  return memberRemarks(setName, statusAnswer.parse(status).members);
}

type Member = z.infer<typeof statusAnswer>['members'][number];

/** Pure, so that every standing of a set can be tried. */
export function memberRemarks(setName: string, members: readonly Member[]): readonly Remark[] {
  const about = 'database';
  const down = members.filter(({ health }) => health !== 1).map(({ name }) => name);
  if (!members.some(({ stateStr }) => stateStr === 'PRIMARY')) {
    const cure = 'bring back a majority of its members; until then nothing is accepted and nothing is lost';
    return [{ mark: 'broken', about, says: `replica set ${setName} has no primary`, cure }];
  }
  if (down.length > 0)
    return [
      {
        mark: 'look',
        about,
        says: `members are down: ${down.join(', ')}`,
        cure: 'bring them back before another one goes',
      },
    ];
  if (members.length < ADVISED_MEMBERS) {
    const cure = `fine for trial; for real work have ${ADVISED_MEMBERS}, so that one may fail`;
    return [{ mark: 'look', about, says: `replica set ${setName} with ${members.length} member`, cure }];
  }
  return [{ mark: 'ok', about, says: `replica set ${setName}, ${members.length} members, all there` }];
}

/**
 * Whether a program that is killed in the midst of a transaction holds up others for long: what it leaves open ends by
 * itself only after this time.
 */
export async function lookAtTransactions(connection: Connection): Promise<readonly Remark[]> {
  const question = { getParameter: 1, transactionLifetimeLimitSeconds: 1 };
  const answer = await connection
    .getClient()
    .db('admin')
    .command(question)
    .catch(() => undefined);
  const told = lifetimeAnswer.safeParse(answer);
  return [lifetimeRemark(told.success ? told.data.transactionLifetimeLimitSeconds : undefined)];
}

export function lifetimeRemark(seconds: number | undefined): Remark {
  const about = 'transactions';
  if (seconds === undefined) {
    const cure = 'give the account the role clusterMonitor if this shall be looked at';
    return { mark: 'look', about, says: 'how long they may stay open may not be asked for', cure };
  }
  const says = `an abandoned one ends after ${seconds} s`;
  if (seconds <= ADVISED_LIFETIME_S) return { mark: 'ok', about, says };
  const cure = `on each member set transactionLifetimeLimitSeconds to ${ADVISED_LIFETIME_S} (docs/operations.md): until it ends it holds others up`;
  return { mark: 'look', about, says, cure };
}

/** Whether the declared indexes are there; without them reads become slow and uniqueness is not held. */
export async function lookAtIndexes(
  connection: Connection,
  collections: readonly Indexed[],
): Promise<readonly Remark[]> {
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  const absent = collections.filter(({ name }) => !existing.has(name)).map(({ name }) => name);
  const differences = [
    ...absent.map((name) => `${name}: the collection is missing`),
    ...(await indexDifferences(
      connection,
      collections.filter(({ name }) => existing.has(name)),
    )),
  ];
  if (differences.length === 0) return [{ mark: 'ok', about: 'indexes', says: 'as declared' }];
  const missing = differences.filter((one) => !one.includes(': undeclared '));
  const cure =
    missing.length > 0
      ? 'start this version of the program once: it makes them'
      : 'left by an earlier version; drop them when nothing old runs any more';
  return differences.map((says) => ({
    mark: missing.length > 0 ? 'broken' : 'look',
    about: 'indexes',
    says,
    cure,
  }));
}

/** How far this machine's clock is from the database's. Nothing is decided by it, but logs are read by it. */
export async function lookAtClock(connection: Connection): Promise<readonly Remark[]> {
  const askedAt = Date.now();
  const { localTime } = clockAnswer.parse(await connection.getClient().db('admin').command({ hello: 1 }));
  return [skewRemark(Math.round((askedAt + Date.now()) / 2 - localTime.getTime()))];
}

export function skewRemark(aheadMs: number): Remark {
  const says = `this machine is ${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} the database`;
  if (Math.abs(aheadMs) < SKEW_WORTH_A_LOOK_MS) return { mark: 'ok', about: 'clock', says };
  const cure =
    'deadlines go by the database’s clock and are right; set up NTP so that the logs’ times are right too';
  return { mark: 'look', about: 'clock', says, cure };
}
