import type { OutboundBody } from '#core/channel';
import type { PollResultPicture } from '#core/picture';
import type { Deadline, DeadlineHandler } from '#core/deadline';
import type { Actor, AnyCommand, MessageContext } from '#core/command';
import type { Decision, Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import type { ConversationRef, Quote } from '#core/message';
import type { Group, GroupStore, PeopleStore, Person, Place, PlaceStore, Role } from '#core/people';
import { createBallotEventStore } from '#models/ballot-events';
import { createConcernStore } from '#models/concerns';
import { createDeadlineStore } from '#models/deadlines';
import { createDelegationStore } from '#models/delegations';
import { createMeetingStore } from '#models/meetings';
import { createPaperStore } from '#models/papers';
import { createPollSecrets } from '#models/poll-secrets';
import { createPollStore } from '#models/polls';
import { createRosterListStore } from '#models/roster-lists';
import { createRosterStore } from '#models/roster-store';
import { createTopicStore } from '#models/topics';
import { normalizeCommandText } from '#language/normalize';
import { DEFAULT_RULES } from '#procedure/rules';
import { createChance } from '#src/database/chance';
import { connectVoteDatabase } from '../models/vote-database.ts';

export const OPENING = new Date('2026-12-13T02:00:00Z');

const place = (id: string, name: string): Place => ({
  id,
  name,
  kind: 'community',
  ancestorIds: ['county'],
  timeZone: 'Asia/Shanghai',
  dutyContact: { name: '刘敏', unit: '社区', phone: '110' },
  rules: DEFAULT_RULES,
});

export const XFL = place('xfl', '幸福里');
export const ELSEWHERE = place('elsewhere', '别处');

const ref = (conversationId: string): ConversationRef => ({
  channel: 'web',
  account: 'demo',
  conversationId,
});
const groupOf = (id: string, kind: Group['kind'], placeId = 'xfl'): Group => ({
  id,
  placeId,
  kind,
  name: id,
  conversation: ref(id),
});

export const GROUPS = {
  residents: groupOf('g1', 'residents'),
  second: groupOf('g2', 'residents'),
  secretaries: groupOf('sec', 'secretaries'),
  foreign: groupOf('gx', 'residents', 'elsewhere'),
};
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  g1: ['zhang', 'li', 'wang'],
  g2: ['zhang', 'chen'],
};

const person = (id: string): Person => ({ id, name: id, homePlaceId: 'xfl', offices: [] });

export interface Say {
  readonly by: string;
  readonly at?: Date;
  readonly now?: Date;
  readonly messageId?: string;
  /** Absent: one-to-one. */
  readonly in?: Group;
  readonly quote?: Quote;
  readonly roles?: readonly Role[];
  readonly place?: Place;
}

/**
 * Real stores, small fakes for the directory, and a commit that carries decisions out. One-to-one chats are known for
 * everybody but `chen`.
 */
export async function openConsultation() {
  const votes = await connectVoteDatabase();
  const { connection } = votes;
  const numbers = new Map<string, number>();
  let requests = 0;
  let isDecided = true;
  const groups: GroupStore = {
    byId: async (id) => Object.values(GROUPS).find((group) => group.id === id),
    byIds: async (ids) => Object.values(GROUPS).filter((group) => ids.includes(group.id)),
    inPlace: async (placeId, kind) =>
      Object.values(GROUPS).filter(
        (group) => group.placeId === placeId && (kind ?? group.kind) === group.kind,
      ),
    placesWith: async (kind) =>
      [XFL, ELSEWHERE].filter(({ id }) =>
        Object.values(GROUPS).some((group) => group.placeId === id && group.kind === kind),
      ),
    memberIds: async (ids) => [...new Set(ids.flatMap((id) => MEMBERS[id] ?? []))],
  };
  const people: Pick<PeopleStore, 'directOf' | 'conversationsOf' | 'byIds'> = {
    byIds: async (ids) => new Map(ids.map((id) => [id, person(id)])),
    conversationsOf: async (ids) => ids.map((id) => ref(`direct-${id}`)),
    directOf: async (ids) =>
      new Map(ids.filter((id) => id !== 'chen').map((id) => [id, ref(`direct-${id}`)])),
  };
  const places: PlaceStore = {
    byId: async (id) => [XFL, ELSEWHERE].find((one) => one.id === id),
    subtreeIds: async (id) => [id],
  };
  const deadlines = createDeadlineStore(connection);
  const deps = {
    polls: createPollStore(connection),
    roster: createRosterStore(connection),
    rosterLists: createRosterListStore(connection),
    topics: createTopicStore(connection),
    meetings: createMeetingStore(connection),
    concerns: createConcernStore(connection),
    groups,
    people,
    places,
    deadlines,
    barrier: { passed: async () => isDecided },
    channelFacts: () => undefined,
    pageUrl: (path: string) => `https://yishi.example.cn${path}`,
    delegations: createDelegationStore(connection),
    papers: createPaperStore(connection),
    ballotEvents: createBallotEventStore(connection),
    pollSecrets: createPollSecrets(connection, createChance()),
    graceMs: 0,
  };

  const actor = (
    by: string,
    { roles = ['secretary'], now = OPENING, place = XFL }: Partial<Say> = {},
  ): Actor => {
    requests += 1;
    return {
      person: person(by),
      roles,
      place,
      now,
      requestId: `request${requests}`,
      takeNumber: async (kind) => {
        numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
        return numbers.get(kind) ?? 0;
      },
    };
  };

  const context = (text: string, say: Say): MessageContext => {
    const sentAt = say.at ?? OPENING;
    const base = actor(say.by, {
      roles: say.roles ?? ['resident'],
      now: say.now ?? sentAt,
      place: say.place ?? XFL,
    });
    const direct = say.by === 'chen' ? {} : { direct: ref(`direct-${say.by}`) };
    return {
      ...base,
      spokenName: say.by,
      ...(say.in && { group: say.in }),
      message: {
        from: say.in?.conversation ?? ref(`direct-${say.by}`),
        conversationKind: say.in ? 'group' : 'direct',
        messageId: say.messageId ?? base.requestId,
        sender: { vendorId: say.by, isSelf: false, ...direct },
        mentionsBot: false,
        sentAt,
        body: { type: 'text', text },
        attachments: [],
        ...(say.quote && { quote: say.quote }),
      },
    };
  };

  const commit = async (decision: Decision): Promise<readonly Dispatch[]> => {
    await (decision.guarded ? votes.guarded(decision.writes) : votes.together(decision.writes));
    return decision.dispatches;
  };

  return {
    deps,
    actor,
    commit,
    setDecided: (decided: boolean) => (isDecided = decided),
    /** Runs a command with what stands behind its trigger, commits, and returns what is sent: [where, text]. */
    async say(
      command: AnyCommand,
      behind: string,
      say: Say,
    ): Promise<readonly (readonly [string, string])[]> {
      const decided = command.execute(normalizeCommandText(behind), behind, context(behind, say));
      const decision = await decided.catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        return {
          writes: [],
          dispatches: [{ key: 'reply', to: ref('mistake'), body: { text: error.reply } }],
        };
      });
      const sent = await commit(decision);
      return sent.map(({ to, body }) => [to.conversationId, body.text] as const);
    },
    /** Fires a pending row as the schedule does. */
    async fire(handlers: Partial<Record<Deadline['kind'], DeadlineHandler>>, id: string, now: Date) {
      const rows = connection.collection<Deadline & { _id: string; state: string }>('deadlines');
      const row = await rows.findOne({ _id: id, state: 'pending' });
      if (!row) throw new Error(`${id} is not pending`);
      const decision = await handlers[row.kind]?.({ ...row, id }, now, async () => 0);
      await rows.updateOne({ _id: id }, { $set: { state: 'fired' } });
      return decision ? commit(decision) : [];
    },
    pending: async () => {
      const rows = connection.collection<{ _id: string; dueAt: Date }>('deadlines');
      const found = await rows.find({ state: 'pending' }).sort({ dueAt: 1, _id: 1 }).toArray();
      return found.map(({ _id, dueAt }) => [_id, dueAt] as const);
    },
    /** Rows as whoever has the database sees and changes them. */
    rows: (collection: string) => connection.collection<{ _id: string }>(collection),
    async explain(collection: string, filter: object, sort: Record<string, 1 | -1>): Promise<string> {
      const cursor = votes.database.db.collection(collection).find(filter).sort(sort);
      const plan = (await cursor.explain('queryPlanner')) as { queryPlanner: { winningPlan: unknown } };
      return JSON.stringify(plan.queryPlanner.winningPlan);
    },
    async clear() {
      numbers.clear();
      requests = 0;
      isDecided = true;
      await votes.database.empty();
    },
    close: () => votes.close(),
  };
}

/** The picture of a message that tells a result. */
export function resultPictureOf(body: OutboundBody | undefined): PollResultPicture {
  if (body?.picture?.kind !== 'pollResult') throw new Error('no picture of a result');
  return body.picture;
}
