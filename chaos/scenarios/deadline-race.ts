import { setTimeout as delay } from 'node:timers/promises';

import { identityKey } from '#core/message';
import { ballotId, type Ballot, type PollResult } from '#core/poll';
import { personIdOf } from '#models/directory';

import { directly } from '../../scripts/mongo/replica-set.ts';
import { conversationOf } from '../conversations.ts';
import type { House } from '../house.ts';
import { comesTrue } from '../patience.ts';
import { groupName } from '../seed.ts';
import { none, row, type Row } from '../table.ts';
import type { Town } from '../town.ts';

/** 200 as a run of its own takes a quarter of an hour. */
const ROUNDS = Number(process.env.DEADLINE_ROUNDS ?? 9);
const CLIENTS = 50;
/** Fewer than anybody would be put off for. */
const MOST_SAID = 12;
const STEP_DOWN_EACH = 3;
const [BEFORE_MS, AFTER_MS] = [800, 800];
const CLOSED_WITHIN_MS = 90_000;
const AGAIN_AFTER_MS = 50;

interface Said {
  readonly voterId: string;
  readonly option: number;
  readonly messageId: string;
  readonly sentAtMs: number;
  /** When the 202 was seen; Infinity: never. */
  readonly keptAtMs: number;
}

/**
 * Fifty people vote without a pause across the end of a poll, at two instances; in every third round the primary steps
 * down at the end. What was acknowledged and sent in time is counted, what was sent later is not.
 */
export async function raceTheDeadline(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'deadline race', groups: 1 });
  const instances = await Promise.all([town.start('one'), town.start('two')]);
  town.openDoors(instances);
  const judged: Judged[] = [];
  for (let round = 0; round < ROUNDS; round += 1) judged.push(await raced(town, house, round));
  await Promise.all(instances.map((instance) => instance.stop()));
  const all = (part: keyof Judged) => judged.flatMap((one) => one[part]);
  const tried = Math.min(all('lateSaid').length, all('earlySaid').length);
  return [
    row('deadline race: messages on the rarer side of the end', tried, `≥ ${ROUNDS}`, tried >= ROUNDS),
    none('deadline race: late accepted', all('lateAccepted')),
    none('deadline race: early rejected', all('earlyRejected')),
    none('deadline race: tally, recount and published differ', all('miscounted')),
    none('deadline race: results published other than once', all('notOnce')),
  ];
}

interface Judged {
  readonly lateSaid: readonly string[];
  readonly earlySaid: readonly string[];
  readonly lateAccepted: readonly string[];
  readonly earlyRejected: readonly string[];
  readonly miscounted: readonly string[];
  readonly notOnce: readonly string[];
}

async function raced(town: Town, { set }: House, round: number): Promise<Judged> {
  const vendorIds = Array.from({ length: CLIENTS }, (_, client) => `race-${round}-${client}`);
  const closesAtMs = Date.now() + BEFORE_MS;
  const first = town.pollIds.length;
  await town.closePolls(1, () => new Date(closesAtMs));
  const pollId = town.pollIds[first] ?? '';
  await putOnRoll(town, pollId, vendorIds);
  const stepsDown = round % STEP_DOWN_EACH === 0;
  const [said] = await Promise.all([
    hammered(town, vendorIds, closesAtMs),
    ...(stepsDown ? [stepDownAt(set, closesAtMs)] : []),
  ]);
  return judge(town, pollId, said, closesAtMs);
}

async function putOnRoll({ db }: Town, pollId: string, vendorIds: readonly string[]): Promise<void> {
  const voterIds = vendorIds.map(voterOf);
  const roll = voterIds.map((voterId) => ({
    _id: ballotId(pollId, voterId),
    pollId,
    voterId,
    personId: [voterId],
  }));
  await db.collection<{ _id: string }>('rolls').insertMany(roll);
  await db
    .collection<{ _id: string }>('polls')
    .updateOne({ _id: pollId }, { $set: { rollSize: roll.length } });
}

function voterOf(vendorId: string): string {
  return personIdOf(identityKey(conversationOf(groupName(0)), vendorId));
}

async function stepDownAt(set: House['set'], atMs: number): Promise<void> {
  const primary = await set.primary();
  await delay(Math.max(0, atMs - Date.now()));
  await directly(primary, (admin) => admin.command({ replSetStepDown: 5, secondaryCatchUpPeriodSecs: 3 }));
  await set.primary();
}

async function hammered(
  town: Town,
  vendorIds: readonly string[],
  closesAtMs: number,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  const client = async (vendorId: string, index: number) => {
    for (let n = 0; n < MOST_SAID && Date.now() < closesAtMs + AFTER_MS; n += 1) {
      const [option, sentAtMs] = [(index + n) % 3, Date.now()];
      const messageId = `${vendorId}-${String(n).padStart(2, '0')}`;
      const text = `投 ${option + 1}`;
      const delivery = { conversationId: groupName(0), messageId, vendorId, text, sentAtMs };
      while ((await town.deliveries.once(delivery)) !== 202) await delay(AGAIN_AFTER_MS);
      said.push({ voterId: voterOf(vendorId), option, messageId, sentAtMs, keptAtMs: Date.now() });
    }
  };
  await Promise.all(vendorIds.map(client));
  return said;
}

interface StoredPoll {
  readonly _id: string;
  readonly state: string;
  readonly result?: PollResult;
}

async function judge(
  { db }: Town,
  pollId: string,
  said: readonly Said[],
  closesAtMs: number,
): Promise<Judged> {
  const polls = db.collection<StoredPoll>('polls');
  const isClosed = async () => (await polls.findOne({ _id: pollId }))?.state === 'closed';
  await comesTrue(CLOSED_WITHIN_MS, () => isClosed().catch(() => false));
  const { result } = (await polls.findOne({ _id: pollId })) ?? {};
  const countedAtMs = result?.countedAt.getTime() ?? 0;
  const events = await db.collection<{ messageId: string }>('ballotEvents').find({ pollId }).toArray();
  const ballots = await db.collection<Ballot>('ballots').find({ pollId }).toArray();
  const taken = new Set(events.map(({ messageId }) => messageId));
  const [late, early] = [
    said.filter(({ sentAtMs }) => sentAtMs > closesAtMs),
    said.filter(({ sentAtMs }) => sentAtMs <= closesAtMs),
  ];
  const idsOf = (some: readonly Said[]) => some.map(({ messageId }) => messageId);
  const expected = countsOf(lastTaken(said, taken));
  const stored = countsOf(ballots.map(({ choice }) => choice[0] ?? -1));
  const isSame = expected === stored && expected === result?.counts.join();
  const audits = await db.collection('audit').countDocuments({ action: 'poll.closed', subjectId: pollId });
  const rows = await db.collection<{ _id: string }>('outbox').countDocuments({
    _id: { $regex: `^poll-result:${pollId}` },
  });
  return {
    lateSaid: idsOf(late),
    earlySaid: idsOf(early),
    lateAccepted: idsOf(late.filter(({ messageId }) => taken.has(messageId))),
    earlyRejected: idsOf(
      early.filter(({ messageId, keptAtMs }) => keptAtMs < countedAtMs && !taken.has(messageId)),
    ),
    miscounted: isSame ? [] : [`${pollId}: ${expected} ${stored} ${result?.counts.join() ?? 'none'}`],
    notOnce: audits === 1 && rows === 1 ? [] : [`${pollId}: ${audits} closings, ${rows} results`],
  };
}

/** What each voter chose last of what was taken. */
function lastTaken(said: readonly Said[], taken: ReadonlySet<string>): readonly number[] {
  const last = new Map<string, number>();
  const inOrder = said
    .filter(({ messageId }) => taken.has(messageId))
    .toSorted((a, b) => a.sentAtMs - b.sentAtMs || (a.messageId < b.messageId ? -1 : 1));
  for (const { voterId, option } of inOrder) last.set(voterId, option);
  return [...last.values()];
}

function countsOf(choices: readonly number[]): string {
  return [0, 1, 2].map((option) => choices.filter((one) => one === option).length).join();
}
