import { requireRole } from '#core/authorise';
import type { AuditEntry } from '#core/audit';
import type { Actor } from '#core/command';
import type { ConcernStore } from '#core/concern';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import type { PeopleStore, PlaceStore } from '#core/people';
import { systemTexts } from '#texts/system-texts';
import { answerWrites } from './answer.ts';
import { checkedAnswer, type GivenAnswer } from './given-answer.ts';
import { familyOf, personalAnswers } from './personal-answers.ts';

/** A secretary, or the program itself when the last assignment of a topic is done. */
export type TopicAnswerer = Actor | { readonly system: true; readonly placeId: string; readonly now: Date };

export interface AnswerTopic extends GivenAnswer {
  readonly topicId: string;
}

/**
 * The result of a topic, to everybody who raised or endorsed one of its concerns, each once in this round. Concerns
 * that were answered before are left alone. A decision without writes when the topic has none to answer.
 */
export function createAnswerTopic(deps: {
  concerns: ConcernStore;
  people: PeopleStore;
  places: PlaceStore;
}): (by: TopicAnswerer, input: AnswerTopic) => Promise<Decision> {
  return async (by, { topicId, ...given }) => {
    const isSystem = 'system' in by;
    if (!isSystem) requireRole(by, ['secretary'], systemTexts.roleWrong({ command: '答复' }));
    const placeId = isSystem ? by.placeId : by.place.id;
    const place = isSystem ? await deps.places.byId(placeId) : by.place;
    const concerns = await deps.concerns.ofTopic(topicId);
    const owed = concerns.filter((concern) => concern.placeId === placeId && concern.state === 'inTopic');
    if (!place || owed.length === 0) return NOTHING;
    const actorId = isSystem ? 'system' : by.person.id;
    const answer = checkedAnswer(given, { now: by.now, person: { id: actorId } });
    const families = await Promise.all(owed.map((root) => familyOf(deps.concerns, root)));
    const answers = await personalAnswers(deps, place, families, answer);
    const states = owed.map((root) => answerWrites(deps.concerns, root, answer, { writes: [] }));
    const audit: AuditEntry = {
      placeId,
      action: 'topic.answered',
      actorId,
      subjectId: topicId,
      at: by.now,
      facts: { kind: answer.kind, told: answers.told, unreachable: answers.unreachable.length },
    };
    return joinDecisions(...states.map(({ writes, undo = [] }) => ({ writes, undo, dispatches: [] })), {
      writes: answers.writes,
      undo: answers.undo,
      dispatches: answers.dispatches,
      audit: [audit],
      guarded: true,
    });
  };
}
