import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Concern } from '#core/concern';
import { UNDO_MS } from '#core/commit';
import type { Decision, Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import type { Topic, TopicSource } from '#core/topic';
import { concernTexts } from '#texts/concern-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { checkedTopicWords } from './topic-words.ts';
import type { TopicDeps } from './topic-deps.ts';

export interface CreateTopic {
  /** Concerns it is made of; none for a topic that came another way. */
  readonly concernIds: readonly string[];
  readonly title: string;
  readonly description: string;
  /** Proposed options of a poll; when empty, for, against and abstain. */
  readonly options: readonly string[];
  readonly source: TopicSource;
}

/**
 * Makes a topic out of concerns (立题): they become part of it and their authors are told, those of merged ones too.
 * Only concerns of this place that still wait for an answer; throws UserError otherwise.
 */
export function createCreateTopic(deps: TopicDeps) {
  return async (actor: Actor, input: CreateTopic): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '立题' }));
    const words = checkedTopicWords(input);
    const concerns = await openConcerns(deps, actor, input.concernIds);
    const topic = topicOf(actor, input, words, await actor.takeNumber('topic'));
    return {
      writes: [
        deps.topics.insert(topic),
        ...concerns.map((concern) =>
          deps.concerns.update(concern.id, { state: 'inTopic', topicId: topic.id }, concern.revision),
        ),
      ],
      dispatches: await tellAuthors(deps, actor, topic, concerns),
      audit: [
        {
          placeId: topic.placeId,
          action: 'topic.created',
          actorId: actor.person.id,
          subjectId: topic.id,
          at: actor.now,
          facts: { number: topic.number, concerns: concerns.length, source: topic.source },
        },
      ],
      guarded: true,
      summary: topicTexts.created({ number: topic.number, title: topic.title, concerns: concerns.length }),
      created: { kind: 'topic', id: topic.id, number: topic.number },
      event: 'topic.created',
    };
  };
}

async function openConcerns(
  deps: TopicDeps,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Concern[]> {
  const wanted = [...new Set(ids)];
  const concerns = (await deps.concerns.byIds(wanted)).filter(({ placeId }) => placeId === actor.place.id);
  if (concerns.length < wanted.length) throw unknownConcerns();
  const taken = concerns.find(({ state }) => state === 'inTopic');
  if (taken) throw new UserError('topic.concernTaken', topicTexts.inOther({ number: taken.number ?? 0 }));
  if (concerns.some(({ state }) => state !== 'open' && state !== 'reopened')) throw unknownConcerns();
  return concerns;
}

function unknownConcerns(): UserError {
  return new UserError('topic.concernsUnknown', topicTexts.concernsUnknown());
}

function topicOf(
  actor: Actor,
  { source }: CreateTopic,
  words: Pick<Topic, 'title' | 'description' | 'options' | 'concernIds'>,
  number: number,
): Topic {
  const step = { at: actor.now, byId: actor.person.id };
  return {
    ...words,
    id: `topic:${actor.requestId}`,
    placeId: actor.place.id,
    number,
    source,
    stage: 'settle',
    history: [
      { ...step, stage: 'collect' },
      { ...step, stage: 'settle' },
    ],
    createdAt: actor.now,
    createdById: actor.person.id,
    revision: 1,
  };
}

/** One-to-one where that is possible; in a group the text would tell what somebody raised. */
async function tellAuthors(
  deps: TopicDeps,
  actor: Actor,
  topic: Topic,
  concerns: readonly Concern[],
): Promise<Dispatch[]> {
  const merged = await Promise.all(concerns.map((concern) => deps.concerns.mergedInto(concern.id)));
  const all = [...concerns, ...merged.flat()];
  const direct = await deps.people.directOf([...new Set(all.map(({ authorId }) => authorId))]);
  const notBefore = new Date(actor.now.getTime() + UNDO_MS);
  return all.flatMap(({ id, number, authorId }): Dispatch[] => {
    const to = direct.get(authorId);
    if (!to || number === undefined) return [];
    const text = concernTexts.inTopic({ number, topicNumber: topic.number, topicTitle: topic.title });
    return [{ key: `concern-taken:${topic.id}:${id}`, to, body: { text }, subjectId: id, notBefore }];
  });
}
