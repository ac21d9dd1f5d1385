/** A throw-away replica set of three real processes, for trying what a database does when parts of it fail. */
import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { createMember, REPLICA_SET_OF_THREE, type Member } from './member.ts';
import { makePlaces } from './places.ts';
import { knowMyself } from './processes.ts';
import { prepareBinary } from './provide-mongo.ts';
import { choosePort, writeState } from './state.ts';
import { makeTestFolder, removeTestFolder } from './test-folders.ts';

export interface ReplicaSet {
  readonly description: string;
  readonly members: readonly Member[];
  /** Members that ended although nobody wanted it: then a run says little about the program. */
  readonly lost: readonly string[];
  /** Address of one database of it. */
  uri(dbName: string): string;
  /** Waits until there is a primary that takes writes. */
  primary(): Promise<Member>;
  /** Ends all members and deletes their files. May be called more than once. */
  stop(): Promise<void>;
}

const MEMBERS = [0, 1, 2];
/** Short, so that a failover takes seconds; not so short that a busy machine elects without need. */
const ELECTION_TIMEOUT_MS = 3_000;
const PRIMARY_WITHIN_MS = 60_000;

/** @throws NoMongoBinaryError when no mongod can be found or fetched */
export async function startReplicaSet(log: (line: string) => void): Promise<ReplicaSet> {
  const dataDirs: string[] = [];
  const members: Member[] = [];
  const lost: string[] = [];
  const onLost = (what: string, lastWords: string) => {
    log(`${what}\n${lastWords}`);
    lost.push(what);
  };
  const stop = async () => {
    await Promise.all(members.map((member) => member.stop()));
    dataDirs.splice(0).forEach(removeTestFolder);
  };
  try {
    let description = '';
    for (const index of MEMBERS) {
      const dataDir = await makeTestFolder(`chaos-${process.pid}-${index}`);
      dataDirs.push(dataDir);
      const places = makePlaces(dataDir);
      writeState(places.homeDir, { owner: await knowMyself() });
      const binary = await prepareBinary({ places, environment: process.env, log });
      description = binary.description;
      members.push(createMember({ places, binary, port: await choosePort(undefined), onLost }));
    }
    await Promise.all(members.map((member) => member.start()));
    await initiate(members);
    await findPrimary(members);
    return { description, members, lost, uri: uriOf(members), primary: () => findPrimary(members), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function uriOf(members: readonly Member[]): (dbName: string) => string {
  const hosts = members.map(({ host }) => host).join(',');
  return (dbName) => `mongodb://${hosts}/${dbName}?replicaSet=${REPLICA_SET_OF_THREE}`;
}

async function initiate(members: readonly Member[]): Promise<void> {
  const [first] = members;
  if (!first) return;
  await directly(first, (admin) =>
    admin.command({
      replSetInitiate: {
        _id: REPLICA_SET_OF_THREE,
        members: members.map(({ host }, _id) => ({ _id, host })),
        settings: { electionTimeoutMillis: ELECTION_TIMEOUT_MS, heartbeatIntervalMillis: 500 },
      },
    }),
  );
}

async function findPrimary(members: readonly Member[]): Promise<Member> {
  const begunAt = performance.now();
  while (performance.now() - begunAt < PRIMARY_WITHIN_MS) {
    for (const member of members) if (await isPrimary(member)) return member;
    await delay(100);
  }
  throw new Error('the replica set has no primary');
}

async function isPrimary(member: Member): Promise<boolean> {
  try {
    const hello = await directly(member, (admin) => admin.command({ hello: 1 }));
    return hello['isWritablePrimary'] === true;
  } catch {
    return false;
  }
}

/** Runs one administrator's command on this member alone. */
export async function directly<T>(
  { host }: Pick<Member, 'host'>,
  work: (admin: ReturnType<ReturnType<MongoClient['db']>['admin']>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_500,
    socketTimeoutMS: 15_000,
  });
  try {
    return await work(client.db('admin').admin());
  } finally {
    await client.close();
  }
}
