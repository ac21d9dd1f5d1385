import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { ConcernStore } from '#core/concern';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import type { PeopleStore } from '#core/people';
import type { AnswerTopic } from '#core/topic';
import { itemsDoneWords } from '#texts/concern-step-texts';
import { systemTexts } from '#texts/system-texts';
import { answerWrites } from './answer.ts';
import { checkedAnswer, type GivenAnswer } from './given-answer.ts';
import { familyOf, personalAnswers } from './personal-answers.ts';

interface AnswerDeps {
  readonly concerns: ConcernStore;
  readonly people: PeopleStore;
}

export interface GiveTopicAnswer extends GivenAnswer {
  readonly topicId: string;
}

/**
 * A secretary's answer to a topic, to everybody who raised or endorsed one of its concerns, each once in this round.
 * Concerns that were answered before are left alone; nothing happens when there is none left.
 */
export function createGiveTopicAnswer(
  deps: AnswerDeps,
): (actor: Actor, input: GiveTopicAnswer) => Promise<Decision> {
  return async (actor, { topicId, ...given }) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '答复' }));
    return answerConcernsOf(deps, actor, topicId, given);
  };
}

/** The same by itself when the topic's last assignment is done: the answer is what was reported. */
export function createAnswerTopic(deps: AnswerDeps): AnswerTopic {
  return (actor, topic, done) => {
    const items = done.map(({ action, report }) => ({ action, report: report?.text }));
    return answerConcernsOf(deps, actor, topic.id, { kind: 'done', text: itemsDoneWords(items) });
  };
}

async function answerConcernsOf(
  deps: AnswerDeps,
  actor: Actor,
  topicId: string,
  given: GivenAnswer,
): Promise<Decision> {
  const { place, now, person } = actor;
  const concerns = await deps.concerns.ofTopic(topicId);
  const owed = concerns.filter((concern) => concern.placeId === place.id && concern.state === 'inTopic');
  if (owed.length === 0) return NOTHING;
  const answer = checkedAnswer(given, actor);
  const families = await Promise.all(owed.map((root) => familyOf(deps.concerns, root)));
  const answers = await personalAnswers(deps, place, families, answer);
  const states = owed.map((root) => answerWrites(deps.concerns, root, answer, { writes: [] }));
  const facts = { kind: answer.kind, told: answers.told, unreachable: answers.unreachable.length };
  return joinDecisions(...states.map(({ writes, undo = [] }) => ({ writes, undo, dispatches: [] })), {
    writes: answers.writes,
    undo: answers.undo,
    dispatches: answers.dispatches,
    audit: [
      { placeId: place.id, action: 'topic.answered', actorId: person.id, subjectId: topicId, at: now, facts },
    ],
    guarded: true,
  });
}
