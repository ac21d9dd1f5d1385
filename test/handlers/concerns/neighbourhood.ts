import mongoose from 'mongoose';
import type { AnyCommand, MessageContext } from '#core/command';
import type { Decision, Dispatch, Write } from '#core/decision';
import { UserError } from '#core/errors';
import type { Attachment, ConversationRef, InboundBody, Quote } from '#core/message';
import type { TakeNumber } from '#core/numbers';
import { type Group, type Person, type Place, type Role, rolesIn } from '#core/people';
import {
  createConcernCommands,
  createConcernDeadlines,
  createConcernFallbacks,
  createConcernUseCases,
} from '#handlers/concerns/commands';
import { createFeedbackCommands, createFeedbackUseCases } from '#handlers/feedback/commands';
import { createAssignmentStore } from '#models/assignments';
import { modelOf } from '#models/collection';
import { recountEndorsements } from '#models/recount-endorsements';
import { createConcernStore } from '#models/concerns';
import { createDeadlineStore } from '#models/deadlines';
import { createGroupStore } from '#models/groups';
import { saveIdentity } from '#models/identities';
import { createPeopleStore } from '#models/people';
import { createPlaceStore } from '#models/places';
import { collections } from '#models/registry';
import { createTopicStore } from '#models/topics';
import { createWriteRunner } from '#models/write-batch';
import { DEFAULT_RULES } from '#procedure/rules';
import { createRouter } from '#src/inbox/route';
import { createFakeClock } from '#test/support/fake-clock';
import { connectTestDatabase } from '#test/support/mongo';

const NAMES = [
  'places',
  'groups',
  'people',
  'identities',
  'concerns',
  'endorsements',
  'supplements',
  'feedbacks',
  'ratings',
  'deadlines',
  'topics',
  'assignments',
];

export const chat = (conversationId: string): ConversationRef => ({
  channel: 'web',
  account: 'demo',
  conversationId,
});

export function place(id: string, more: Partial<Place> = {}): Place {
  const dutyContact = { name: '刘敏', unit: '社区', phone: '88881234' };
  return {
    id,
    name: id,
    kind: 'community',
    ancestorIds: ['street'],
    timeZone: 'Asia/Shanghai',
    dutyContact,
    rules: DEFAULT_RULES,
    ...more,
  };
}

function group(id: string, kind: Group['kind'], placeId = 'xfl'): Group {
  return { id, placeId, kind, name: id, conversation: chat(id) };
}

const NOON = new Date('2026-12-01T04:00:00Z');

const GROUPS = [
  group('residents', 'residents'),
  group('residents2', 'residents'),
  group('secretaries', 'secretaries'),
  group('street-office', 'secretaries', 'street'),
  group('elsewhere-residents', 'residents', 'elsewhere'),
];

/** Persons by name; those in `direct` can be written to one-to-one. */
function person(name: string, homePlaceId: string, offices: Person['offices'] = []): Person {
  return { id: `person:${name}`, name, homePlaceId, offices };
}

const PEOPLE = [
  ...['张桂兰', '李明', '王芳', '赵强', '孙丽'].map((name) => person(name, 'xfl')),
  person('外人', 'elsewhere'),
  person('刘敏', 'xfl', [{ role: 'secretary', placeId: 'xfl', unit: '社区' }]),
  person('陈芳', 'street', [{ role: 'secretary', placeId: 'street', unit: '街道' }]),
  person('外书记', 'elsewhere', [{ role: 'secretary', placeId: 'elsewhere', unit: '社区' }]),
];
const WITHOUT_DIRECT = new Set(['王芳', '赵强']);

export interface Said {
  readonly who: string;
  /** A group's id; absent one-to-one. */
  readonly in?: string;
  readonly mentionsBot?: boolean;
  readonly quote?: Quote;
  readonly attachments?: readonly Attachment[];
  readonly press?: boolean;
}

/** A community on a real database whose people talk to the commands of concerns and feedback. */
export async function createNeighbourhood() {
  const database = await connectTestDatabase();
  const connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
  for (const definition of collections.filter(({ name }) => NAMES.includes(name))) {
    const model = modelOf(connection, definition as never);
    await model.createCollection();
    await model.createIndexes();
  }
  const clock = createFakeClock(NOON);
  const runner = createWriteRunner(connection);
  const stores = {
    concerns: createConcernStore(connection),
    deadlines: createDeadlineStore(connection),
    groups: createGroupStore(connection),
    people: createPeopleStore(connection),
    places: createPlaceStore(connection),
    topics: createTopicStore(connection),
    assignments: createAssignmentStore(connection),
  };
  const fallbacks = createConcernFallbacks(stores);
  const commands = [...createConcernCommands(stores), ...createFeedbackCommands(stores)];
  const nobody: AnyCommand = {
    ...fallbacks.photo,
    name: 'test.digits',
    execute: async () => ({ writes: [], dispatches: [] }),
  };
  const route = createRouter({ commands, botNames: ['议事助手'], ...fallbacks, bareNumber: nobody });
  const places = new Map(
    [place('xfl'), place('elsewhere'), place('street', { kind: 'town', ancestorIds: [] })].map((one) => [
      one.id,
      one,
    ]),
  );
  const numbers = new Map<string, number>();
  const sent: Dispatch[] = [];
  let count = 0;

  async function write(writes: readonly Write[], isGuarded: boolean): Promise<void> {
    if (!isGuarded) {
      const failed = await runner.together(writes.map((one, owner) => ({ owner, write: one })));
      const [first] = failed.values();
      if (first) throw first as Error;
      return;
    }
    const session = await connection.startSession();
    await session
      .withTransaction(() => runner.inTransaction(writes, session))
      .finally(() => session.endSession());
  }

  async function apply(decision: Decision): Promise<void> {
    const isGuarded =
      decision.guarded === true || decision.writes.some((one) => one.kind === 'update' && one.mustMatch);
    await write(decision.writes, isGuarded);
    await recountEndorsements(connection, decision.recountConcernIds ?? []);
    const known = new Set(sent.map(({ key }) => key));
    sent.push(...decision.dispatches.filter(({ key }) => !known.has(key)));
  }

  const takeNumber =
    (placeId: string): TakeNumber =>
    async () => {
      const next = (numbers.get(placeId) ?? 0) + 1;
      numbers.set(placeId, next);
      return next;
    };

  function contextOf(text: string, said: Said): MessageContext {
    const speaker = PEOPLE.find(({ name }) => name === said.who);
    const here = GROUPS.find(({ id }) => id === said.in);
    const home = places.get(here?.placeId ?? speaker?.homePlaceId ?? '');
    if (!speaker || !home) throw new Error(`nobody called ${said.who}`);
    const requestId = `inbox:${(count += 1)}`;
    const body: InboundBody = said.press ? { type: 'press', say: text } : { type: 'text', text };
    return {
      person: speaker,
      roles: rolesIn(speaker, home),
      place: home,
      now: clock.now(),
      requestId,
      takeNumber: takeNumber(home.id),
      spokenName: said.who,
      ...(here && { group: here }),
      message: {
        from: here ? here.conversation : chat(`direct:${said.who}`),
        conversationKind: here ? 'group' : 'direct',
        messageId: requestId,
        sender: { vendorId: said.who, displayName: said.who, isSelf: false },
        mentionsBot: said.mentionsBot ?? false,
        sentAt: clock.now(),
        body,
        attachments: said.attachments ?? [],
        ...(said.quote && { quote: said.quote }),
      },
    };
  }

  async function decide(context: MessageContext): Promise<Decision | string> {
    const { message, group: here, roles } = context;
    const routed = route({ message, roles, ...(here && { groupKind: here.kind }) });
    if (routed.to !== 'command') return routed.to === 'nobody' ? '' : `<${routed.to}>`;
    return routed.command.execute(routed.rest, routed.original, context);
  }

  return {
    stores,
    connection,
    clock,
    sent,
    apply,
    write,
    useCases: { ...createConcernUseCases(stores), ...createFeedbackUseCases(stores) },
    /** Says something and gives the bot's answer in that conversation; '' for silence. */
    async say(text: string, said: Said): Promise<string> {
      const context = contextOf(text, said);
      try {
        const decision = await decide(context);
        if (typeof decision === 'string') return decision;
        await apply(decision);
        return decision.dispatches.find(({ key }) => key.startsWith('reply:'))?.body.text ?? '';
      } catch (error) {
        if (error instanceof UserError) return error.reply;
        throw error;
      }
    },
    /** Who acts in the console. */
    actor: (who: string, roles?: readonly Role[]) => {
      const context = contextOf('', { who });
      return roles ? { ...context, roles } : context;
    },
    /** Lets every deadline that has come fire. */
    async fire(): Promise<void> {
      const handlers = createConcernDeadlines(stores);
      for (const { deadline } of await stores.deadlines.due(['concern.similarWait'], clock.now(), 100)) {
        const decision = await handlers[deadline.kind]?.(deadline, clock.now(), takeNumber(deadline.placeId));
        if (decision)
          await apply({
            ...decision,
            writes: [...decision.writes, stores.deadlines.fired(deadline, clock.now())],
          });
      }
    },
    /** Texts sent to a conversation, in their order. */
    textsTo: (conversationId: string) =>
      sent.filter(({ to }) => to.conversationId === conversationId).map(({ body }) => body.text),
    async empty(): Promise<void> {
      await database.empty();
      sent.length = 0;
      clock.set(NOON);
      numbers.clear();
      const identities = PEOPLE.filter(({ name }) => !WITHOUT_DIRECT.has(name)).map(({ id, name }) =>
        saveIdentity({
          id: `web:demo:${name}`,
          personId: id,
          displayName: name,
          direct: chat(`direct:${name}`),
        }),
      );
      await write(
        [
          ...[...places.values()].map((one) => stores.places.save(one)),
          ...GROUPS.map((one) => stores.groups.save(one)),
          ...PEOPLE.map((one) => stores.people.save(one)),
          ...identities,
        ],
        false,
      );
    },
    async close(): Promise<void> {
      await connection.close();
      await database.close();
    },
  };
}
