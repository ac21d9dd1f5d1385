import mongoose from 'mongoose';
import type { AnyCommand, Actor, MessageContext } from '#core/command';
import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import { isGuarded, NOTHING, type Decision } from '#core/decision';
import { ConflictError, UserError } from '#core/errors';
import type { Attachment } from '#core/message';
import type { DeliveryWord } from '#core/outbox';
import { rolesIn } from '#core/people';
import type { Topic } from '#core/topic';
import {
  createAssignmentCommands,
  createAssignmentDeadlines,
  createAssignmentUseCases,
} from '#handlers/assignments/commands';
import { createNoticeCommands, createNoticeUseCases } from '#handlers/notices/commands';
import { createNoticeDeadlines } from '#handlers/notices/notice-deadlines';
import {
  createOutcomeCommands,
  createOutcomeDeadlines,
  createOutcomeUseCases,
} from '#handlers/outcomes/commands';
import { createAssignmentStore } from '#models/assignments';
import { collectionOf, modelOf } from '#models/collection';
import { createCommitSteps, createGuardedCommit } from '#models/commit';
import { createDeadlineStore } from '#models/deadlines';
import { createGroupStore } from '#models/groups';
import { saveIdentity } from '#models/identities';
import { createNoticeStore } from '#models/notices';
import { outboxCollection } from '#models/outbox';
import { createOutcomeStore } from '#models/outcomes';
import { createPeopleStore } from '#models/people';
import { createPlaceStore } from '#models/places';
import { createPollStore } from '#models/polls';
import { collections } from '#models/registry';
import { createTopicStore } from '#models/topics';
import { normalizeCommandText } from '#language/normalize';
import { createDeadlineRunner } from '#src/schedule/deadline-runner';
import { createFakeChance, createFakeClock } from './fake-clock.ts';
import { at, chat, GROUPS, MEMBERS, PEOPLE, PLACES, topicOf, WITHOUT_DIRECT } from './follow-up-people.ts';
import { connectTestDatabase } from './mongo.ts';

export interface Said {
  readonly who: string;
  /** A group's id; absent one-to-one. */
  readonly in?: string;
  readonly attachments?: readonly Attachment[];
  readonly sentAt?: Date;
  readonly requestId?: string;
}

/** A community on a real database that publishes outcomes, follows assignments and sends notices. */
export async function createFollowUpTown() {
  const database = await connectTestDatabase();
  const connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
  for (const definition of collections) {
    const model = modelOf(connection, definition as never);
    await model.createCollection();
    await model.createIndexes();
  }
  const clock = createFakeClock(at('2026-11-02T10:00'));
  const commitDeps = { connection, clock, recountEndorsements: async () => undefined };
  const steps = createCommitSteps(commitDeps);
  const { commitGuarded } = createGuardedCommit(commitDeps);
  const outbox = collectionOf(connection, outboxCollection);
  const stores = {
    outcomes: createOutcomeStore(connection),
    assignments: createAssignmentStore(connection),
    notices: createNoticeStore(connection),
    topics: createTopicStore(connection),
    polls: createPollStore(connection),
    groups: createGroupStore(connection),
    people: createPeopleStore(connection),
    places: createPlaceStore(connection),
    deadlines: createDeadlineStore(connection),
  };
  const world = {
    barrierPassed: true,
    answeredTopics: [] as string[],
    proof: [] as { groupId: string; word: DeliveryWord; reason?: string }[],
  };
  let chance = createFakeChance('id', 0.5);
  const deps = {
    ...stores,
    graceMs: 0,
    chance: { ...chance, fraction: () => chance.fraction() },
    barrier: { passed: async () => world.barrierPassed },
    proof: { bySubject: async () => world.proof.map((row) => ({ ...row, id: `outbox:${row.groupId}` })) },
    channelFacts: () => undefined,
    consoleUrl: (path: string) => `http://localhost${path}`,
    answerTopic: async (_actor: Actor, topic: Topic): Promise<Decision> => {
      world.answeredTopics.push(topic.id);
      return {
        ...NOTHING,
        dispatches: [{ key: `answered:${topic.id}`, to: chat('direct:张桂兰'), body: { text: '有结果了' } }],
      };
    },
  };
  const commands: readonly AnyCommand[] = [
    ...createOutcomeCommands(deps),
    ...createAssignmentCommands(deps),
    ...createNoticeCommands(deps),
  ];
  const handlers: Partial<Record<DeadlineKind, DeadlineHandler>> = {
    ...createOutcomeDeadlines(deps),
    ...createAssignmentDeadlines(deps),
    ...createNoticeDeadlines(deps),
  };
  const numbers = new Map<string, number>();
  let requests = 0;

  function takeNumberOf(requestId: string) {
    let taken = 0;
    return async (kind: string) => {
      const key = `${requestId}:${kind}:${(taken += 1)}`;
      const next = numbers.get(key) ?? (numbers.get(kind) ?? 0) + 1;
      numbers.set(key, next);
      numbers.set(kind, Math.max(next, numbers.get(kind) ?? 0));
      return next;
    };
  }

  const runner = createDeadlineRunner({
    store: stores.deadlines,
    handlers,
    commit: commitGuarded,
    takeNumberFor: takeNumberOf,
    clock,
    chance,
  });

  async function commit(decision: Decision, requestId: string): Promise<void> {
    if (isGuarded(decision)) return commitGuarded(decision, { requestId, at: clock.now() });
    const failed = await steps.write(decision.writes.map((write) => ({ owner: 0, write })));
    for (const error of failed.values()) throw error;
    await steps.enqueue(decision.dispatches);
  }

  /** Decides and commits, anew after a lost race, as inbox and console do. */
  async function carryOut(decide: () => Promise<Decision>, requestId: string): Promise<Decision> {
    for (let race = 0; ; race += 1) {
      const decision = await decide();
      try {
        await commit(decision, requestId);
        clock.advance(1);
        return decision;
      } catch (error) {
        if (!(error instanceof ConflictError) || race > 5) throw error;
      }
    }
  }

  function contextOf(text: string, said: Said): MessageContext {
    const speaker = PEOPLE.find(({ name }) => name === said.who);
    const here = GROUPS.find(({ id }) => id === said.in);
    const home = PLACES.find(({ id }) => id === (here?.placeId ?? speaker?.homePlaceId));
    if (!speaker || !home) throw new Error(`nobody called ${said.who}`);
    const requestId = said.requestId ?? `request:${(requests += 1)}`;
    const direct = WITHOUT_DIRECT.has(said.who) ? {} : { direct: chat(`direct:${said.who}`) };
    return {
      person: speaker,
      roles: rolesIn(speaker, home),
      place: home,
      now: clock.now(),
      requestId,
      takeNumber: takeNumberOf(requestId),
      spokenName: said.who,
      ...(here && { group: here }),
      message: {
        from: here ? here.conversation : chat(`direct:${said.who}`),
        conversationKind: here ? 'group' : 'direct',
        messageId: requestId,
        sender: { vendorId: said.who, displayName: said.who, isSelf: false, ...direct },
        mentionsBot: false,
        sentAt: said.sentAt ?? clock.now(),
        body: { type: 'text', text },
        attachments: said.attachments ?? [],
      },
    };
  }

  function find(text: string): { command: AnyCommand; original: string } {
    const found = commands
      .flatMap((command) => command.triggers.map((trigger) => ({ command, trigger })))
      .filter(({ trigger }) => text.startsWith(trigger))
      .sort((a, b) => b.trigger.length - a.trigger.length)[0];
    if (!found) throw new Error(`no command for ${text}`);
    return { command: found.command, original: text.slice(found.trigger.length).trimStart() };
  }

  return {
    world,
    stores,
    clock,
    connection,
    commands,
    handlers,
    outcomes: createOutcomeUseCases(deps),
    assignments: createAssignmentUseCases(deps),
    notices: createNoticeUseCases(deps),
    useChance: (fraction: number) => {
      chance = createFakeChance('id', fraction);
    },
    actor: (who: string, said: Partial<Said> = {}) => contextOf('', { ...said, who }),
    carryOut,
    /** A step in the console: its summary, or the refusal. */
    async step<Input>(
      useCase: (actor: Actor, input: Input) => Promise<Decision>,
      who: string,
      input: Input,
    ): Promise<string> {
      const actor = contextOf('', { who });
      try {
        return (
          (await carryOut(() => useCase({ ...actor, now: clock.now() }, input), actor.requestId)).summary ??
          ''
        );
      } catch (error) {
        if (error instanceof UserError) return `${error.code}: ${error.reply}`;
        throw error;
      }
    },
    /** Says a command and gives the bot's answer, wherever it went. */
    async say(text: string, said: Said): Promise<string> {
      const context = contextOf(text, said);
      const { command, original } = find(text);
      if (!command.roles.some((role) => context.roles.includes(role))) return '<wrongRole>';
      try {
        const decision = await carryOut(
          () => command.execute(normalizeCommandText(original), original, context),
          context.requestId,
        );
        return decision.dispatches.find(({ key }) => key.startsWith('reply:'))?.body.text ?? '';
      } catch (error) {
        if (error instanceof UserError) return error.reply;
        throw error;
      }
    },
    /** Moves the clock and lets everything fire that has come. */
    async until(moment: Date): Promise<void> {
      for (;;) {
        const next = await stores.deadlines.nextDue();
        if (!next || next.dueAt > moment) break;
        if (next.dueAt > clock.now()) clock.set(next.dueAt);
        await runner.runDue();
        const stuck = await stores.deadlines.nextDue();
        if (stuck?.id === next.id && stuck.dueAt.getTime() === next.dueAt.getTime()) break;
      }
      clock.set(moment);
      await runner.runDue();
    },
    /** Texts for a conversation in their order. */
    async textsTo(conversationId: string): Promise<string[]> {
      const rows = await outbox
        .find({ 'to.conversationId': conversationId })
        .sort({ createdAt: 1, seq: 1 })
        .toArray();
      return rows.map(({ body }) => body?.text ?? '');
    },
    outbox,
    async empty(): Promise<void> {
      await database.empty();
      numbers.clear();
      chance = createFakeChance('id', 0.5);
      Object.assign(world, { barrierPassed: true, answeredTopics: [], proof: [] });
      clock.set(at('2026-11-02T10:00'));
      const writes = [
        ...PLACES.map((one) => stores.places.save(one)),
        ...GROUPS.map((one) => stores.groups.save(one)),
        ...PEOPLE.map((one) => stores.people.save(one)),
        ...PEOPLE.filter(({ name }) => !WITHOUT_DIRECT.has(name)).map(({ id, name }) =>
          saveIdentity({
            id: `web:demo:${name}`,
            personId: id,
            displayName: name,
            direct: chat(`direct:${name}`),
          }),
        ),
        stores.topics.insert(topicOf(3)),
      ];
      const failed = await steps.write(writes.map((write) => ({ owner: 0, write })));
      for (const error of failed.values()) throw error;
      const memberships = Object.entries(MEMBERS).flatMap(([groupId, names]) =>
        names.map((name) => ({
          _id: `${groupId}|person:${name}` as never,
          groupId,
          personId: `person:${name}`,
          joinedAt: clock.now(),
        })),
      );
      await database.db.collection('memberships').insertMany(memberships);
    },
    async close(): Promise<void> {
      await connection.close();
      await database.close();
    },
  };
}
