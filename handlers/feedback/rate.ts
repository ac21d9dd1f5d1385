import type { Actor } from '#core/command';
import type { Concern, ConcernStore, Feedback, Rating, RatingValue } from '#core/concern';
import { type Decision, NOTHING } from '#core/decision';
import { requirePlace } from '#core/authorise';
import { UserError } from '#core/errors';
import { feedbackTexts } from '#texts/feedback-texts';
import { systemTexts } from '#texts/system-texts';
import type { FeedbackDeps } from './deps.ts';
import { roundOf } from './personal-answers.ts';
import { reopen, type Reopened } from './reopen.ts';

export interface RateAnswer {
  readonly number: number;
  readonly value: RatingValue;
  readonly at: Date;
}

export interface RatedAnswer extends Decision {
  readonly value: RatingValue;
  /** What the rating led to; `changed`: it took the place of an earlier one. */
  readonly outcome: 'kept' | 'changed' | 'reopened' | 'escalated' | 'reopenedBefore' | 'nothingNew';
  readonly reopened?: Reopened;
}

const LOOKED_AT = 50;

/**
 * Keeps one person's rating of the answer they got; the last one of a round counts. Not satisfied: the concern is
 * opened again, once; after the second answer it goes up to the level above. Throws `number.unknown`, `rating.tooEarly`
 * before an answer and `rating.notAsked` for somebody who got none.
 */
export function createRateAnswer(
  deps: FeedbackDeps,
): (actor: Actor, input: RateAnswer) => Promise<RatedAnswer> {
  return async (actor, { number, value, at }) => {
    const unknown = systemTexts.numberUnknown({ kind: 'concern', number });
    const named = requirePlace(actor, await deps.concerns.byNumber(actor.place.id, number), unknown);
    const root = await rootOf(deps.concerns, named);
    const feedback = await feedbackFor(deps.concerns, actor, named, root);
    if (!feedback) throw notAsked(number, root);
    const rating = ratingOf(feedback, value, at);
    const earlier = (await deps.concerns.ratingsOf(feedback.concernId)).find(({ id }) => id === rating.id);
    const kept = { ...NOTHING, writes: [deps.concerns.rate(rating)], value };
    if (value !== 'dissatisfied')
      return { ...kept, outcome: earlier && earlier.value !== value ? 'changed' : 'kept' };
    const ratedRoot = await rootOf(deps.concerns, (await deps.concerns.byId(feedback.concernId)) ?? root);
    if (feedback.round < roundOf(ratedRoot)) return { ...kept, outcome: 'reopenedBefore' };
    if (ratedRoot.state !== 'answered' || ratedRoot.reopenings > 1) return { ...kept, outcome: 'nothingNew' };
    const reopened = await reopen(deps, actor, ratedRoot);
    return {
      ...reopened.decision,
      writes: [...kept.writes, ...reopened.decision.writes],
      value,
      outcome: reopened.isEscalated ? 'escalated' : 'reopened',
      reopened,
    };
  };
}

function notAsked(number: number, root: Concern): UserError {
  return root.state === 'answered'
    ? new UserError('rating.notAsked', feedbackTexts.ratingNotAsked({ number }))
    : new UserError('rating.tooEarly', feedbackTexts.ratingTooEarly({ number }));
}

function ratingOf(
  { id, concernId, placeId, personId, round }: Feedback,
  value: RatingValue,
  at: Date,
): Rating {
  return { id, concernId, placeId, personId, round, value, at };
}

async function rootOf(concerns: ConcernStore, concern: Concern): Promise<Concern> {
  return (
    (concern.mergedIntoId === undefined ? undefined : await concerns.byId(concern.mergedIntoId)) ?? concern
  );
}

/** The latest answer this person got for the concern, for one merged with it, or for another one of its topic. */
async function feedbackFor(
  concerns: ConcernStore,
  actor: Actor,
  named: Concern,
  root: Concern,
): Promise<Feedback | undefined> {
  const got = await concerns.feedbacksTo(actor.place.id, actor.person.id, LOOKED_AT);
  const near = new Set([named.id, root.id]);
  const direct = got.find(({ concernId }) => near.has(concernId));
  if (direct || got.length === 0) return direct;
  const others = await concerns.byIds(got.map(({ concernId }) => concernId));
  const related = others.filter((other) => isRelated(other, root) || isOfTopic(other, root));
  const ids = new Set(related.map(({ id }) => id));
  return got.find(({ concernId }) => ids.has(concernId));
}

function isRelated(other: Concern, root: Concern): boolean {
  return (
    other.mergedIntoId === root.id ||
    (other.mergedIntoId !== undefined && other.mergedIntoId === root.mergedIntoId)
  );
}

function isOfTopic(other: Concern, root: Concern): boolean {
  return root.topicId !== undefined && other.topicId === root.topicId;
}
