import { requirePlace } from '#core/authorise';
import type { Actor } from '#core/command';
import type { ConcernStore, Supplement } from '#core/concern';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Attachment } from '#core/message';
import type { TopicStore } from '#core/topic';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { concernTexts } from '#texts/concern-texts';
import { systemTexts } from '#texts/system-texts';
import { concernByNumber, targetOf } from './lookup.ts';
import { MAX_ATTACHMENTS } from './raise.ts';

export interface AddToConcern {
  readonly number: number;
  /** The number is a topic's: a word for its meeting. */
  readonly isTopic: boolean;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly name: string;
  readonly at: Date;
}

/**
 * Keeps more facts or photos with a concern (with the one it is merged into) or with a topic; anybody of the place
 * may add. Throws `number.unknown`, and `concern.added.nothing` when there is neither a word nor a photo.
 */
export function createSupplementConcern(deps: {
  concerns: ConcernStore;
  topics: TopicStore;
}): (actor: Actor, input: AddToConcern) => Promise<Decision> {
  return async (actor, input) => {
    const subject = input.isTopic
      ? await topicSubject(deps, actor, input)
      : await concernSubject(deps, actor, input);
    const hasWords = !isBlankOrEmoji(input.text);
    if (!hasWords && input.attachments.length === 0) {
      throw new UserError('concern.added.nothing', concernTexts.addNothing({ number: input.number }));
    }
    const supplement: Supplement = {
      id: `supplement:${actor.requestId}`,
      ...subject,
      placeId: actor.place.id,
      personId: actor.person.id,
      personName: input.name,
      text: cleanUserText(input.text).text,
      attachments: input.attachments.slice(0, MAX_ATTACHMENTS),
      at: input.at,
    };
    return { writes: [deps.concerns.supplement(supplement)], dispatches: [] };
  };
}

async function concernSubject(deps: { concerns: ConcernStore }, actor: Actor, { number }: AddToConcern) {
  const concern = await targetOf(deps.concerns, await concernByNumber(deps.concerns, actor, number));
  return { concernId: concern.id };
}

async function topicSubject(deps: { topics: TopicStore }, actor: Actor, { number }: AddToConcern) {
  const topic = await deps.topics.byNumber(actor.place.id, number);
  return { topicId: requirePlace(actor, topic, systemTexts.numberUnknown({ kind: 'topic', number })).id };
}
