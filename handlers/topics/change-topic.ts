import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Stage, Topic } from '#core/topic';
import { formatMoment } from '#language/dates';
import { movedTo } from '#procedure/stages';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { STAGE_WORDS } from '#texts/words';
import type { TopicDeps } from './topic-deps.ts';
import { checkedTopicWords } from './topic-words.ts';

export interface EditTopic {
  readonly topicId: string;
  /** The revision the secretary saw. */
  readonly revision: number;
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
}

/** Changes title, description and options, while no poll of the topic is open. */
export function createEditTopic(deps: TopicDeps) {
  return async (actor: Actor, input: EditTopic): Promise<Decision> => {
    const topic = await seenTopic(deps, actor, input, '立题');
    const open = (await deps.polls.ofTopic(topic.id)).find((poll) => poll.state === 'open');
    if (open) {
      const closes = formatMoment(open.closesAt, actor.now, actor.place.timeZone);
      throw new UserError('topic.pollRuns', topicTexts.pollRuns({ number: topic.number, closes }));
    }
    const { title, description, options } = checkedTopicWords({ ...input, concernIds: topic.concernIds });
    const { title: oldTitle, description: oldDescription, options: oldOptions } = topic;
    return {
      ...change(actor, topic, 'topic.edited'),
      writes: [
        deps.topics.update(topic.id, { title, description, options, prepared: undefined }, topic.revision),
      ],
      undo: [
        deps.topics.update(
          topic.id,
          { title: oldTitle, description: oldDescription, options: oldOptions },
          topic.revision + 1,
        ),
      ],
      summary: topicTexts.edited({ number: topic.number }),
    };
  };
}

export interface MoveStage {
  readonly topicId: string;
  readonly revision: number;
  readonly stage: Stage;
  /** Why, kept in the topic's history. */
  readonly note?: string | undefined;
}

/** Moves a topic to the next stage by hand; the state machine refuses what is not a legal step, for every role. */
export function createMoveStage(deps: TopicDeps) {
  return async (actor: Actor, input: MoveStage): Promise<Decision> => {
    const topic = await seenTopic(deps, actor, input, STAGE_WORDS[input.stage]);
    const { number, stage, history } = topic;
    const note = input.note?.trim() === '' ? undefined : input.note?.trim();
    const moved = movedTo(topic, input.stage, {
      at: actor.now,
      byId: actor.person.id,
      ...definedFields({ note }),
    });
    if (!moved || moved.stage === stage) {
      const words = {
        kind: 'topic',
        number,
        state: STAGE_WORDS[stage],
        command: STAGE_WORDS[input.stage],
      } as const;
      throw new UserError('stage.wrong', systemTexts.notNow(words));
    }
    return {
      ...change(actor, topic, 'topic.moved', { from: stage, to: moved.stage }),
      writes: [deps.topics.update(topic.id, moved, topic.revision)],
      undo: [deps.topics.update(topic.id, { stage, history }, topic.revision + 1)],
      summary: topicTexts.moved({ number, stage: STAGE_WORDS[moved.stage] }),
    };
  };
}

async function seenTopic(
  deps: TopicDeps,
  actor: Actor,
  input: { topicId: string; revision: number },
  command: string,
): Promise<Topic> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command }));
  const topic = requirePlace(actor, await deps.topics.byId(input.topicId), topicTexts.unknown());
  if (topic.revision !== input.revision) throw new UserError('revision.old', systemTexts.changedMeanwhile());
  return topic;
}

function change(
  actor: Actor,
  topic: Topic,
  action: string,
  facts: Readonly<Record<string, string>> = {},
): Omit<Decision, 'writes'> {
  return {
    dispatches: [],
    audit: [
      { placeId: topic.placeId, action, actorId: actor.person.id, subjectId: topic.id, at: actor.now, facts },
    ],
    guarded: true,
    event: action,
  };
}
