import { replyPrivately, type MessageContext } from '#core/command';
import { joinDecisions, type Decision, type Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import type { Objection, Outcome } from '#core/outcome';
import { formatDay, formatMoment } from '#language/dates';
import { toGroups } from '#procedure/broadcast';
import { atHour } from '#procedure/local-time';
import { outcomeTexts } from '#texts/outcome-texts';
import { systemTexts } from '#texts/system-texts';
import type { OutcomeDeps } from './outcome-deps.ts';

/** Answers are promised for the end of the office day. */
const ANSWER_HOUR = 18;

export interface ObjectToOutcome {
  /** The topic's number; when absent, the one outcome that is shown now. */
  readonly topicNumber?: number;
  /** Not empty. */
  readonly reason: string;
}

/**
 * A reasoned no. In time (by the vendor's time, the last moment counts) it stops the publicity and reaches the
 * secretaries without a name; a late one is kept and answered but stops nothing (seed S4:12). Repeating the same
 * message changes nothing.
 */
export function createObject(deps: OutcomeDeps) {
  return async (context: MessageContext, input: ObjectToOutcome): Promise<Decision> => {
    const outcome = await outcomeMeant(deps, context, input.topicNumber);
    const known = await deps.outcomes.objectionsTo(outcome.id);
    const objection = objectionOf(context, outcome, input.reason);
    const already = known.find((one) => one.id === objection.id);
    // Decided before and said again after a crash: an answer given in between must not be undone.
    if (already) return reply(context, outcome, already);
    return joinDecisions(
      {
        writes: [
          deps.outcomes.object(objection),
          ...(stops(outcome, objection) ? [deps.outcomes.stop(outcome.id, outcome.round)] : []),
        ],
        dispatches: await tellOthers(deps, context, outcome, objection),
        audit: [
          {
            placeId: outcome.placeId,
            action: objection.inTime ? 'outcome.objected' : 'outcome.objectedLate',
            actorId: context.person.id,
            subjectId: outcome.id,
            at: context.now,
          },
        ],
      },
      reply(context, outcome, objection),
    );
  };
}

async function outcomeMeant(deps: OutcomeDeps, context: MessageContext, number?: number): Promise<Outcome> {
  const placeId = context.place.id;
  if (number === undefined) {
    const shown = await deps.outcomes.list({ placeIds: [placeId], states: ['publicity'], limit: 2 });
    const [only] = shown;
    if (only && shown.length === 1) return only;
    throw new UserError(
      'number.missing',
      systemTexts.numberMissing({ kind: 'topic', example: '异议 3 分摊不合理' }),
    );
  }
  const outcome = await deps.outcomes.byTopicNumber(placeId, number);
  if (!outcome || outcome.state === 'withdrawn') {
    throw new UserError('number.unknown', outcomeTexts.objectionNothing({ topicNumber: number }));
  }
  return outcome;
}

function objectionOf(context: MessageContext, outcome: Outcome, reason: string): Objection {
  const { person, requestId, message } = context;
  return {
    id: `${outcome.id}|${person.id}|${requestId}`,
    outcomeId: outcome.id,
    placeId: outcome.placeId,
    personId: person.id,
    reason,
    sentAt: message.sentAt,
    round: outcome.round,
    inTime: message.sentAt <= outcome.publicUntil,
  };
}

/** The secretaries read the reason, never the name; the groups read that it stopped, once. */
async function tellOthers(
  deps: OutcomeDeps,
  context: MessageContext,
  outcome: Outcome,
  objection: Objection,
): Promise<Dispatch[]> {
  const { id, topicNumber, round } = outcome;
  const late = !stops(outcome, objection);
  const arrived = { topicNumber, reason: objection.reason, answerBy: answerBy(context), late };
  const secretaries = await deps.groups.inPlace(outcome.placeId, 'secretaries');
  const forSecretaries = { text: outcomeTexts.objectionArrived(arrived) };
  const told = toGroups(secretaries, `objection:${objection.id}`, forSecretaries, { subjectId: id });
  if (late || outcome.state !== 'publicity') return told;
  const groups = await deps.groups.byIds(outcome.groupIds);
  const stopped = toGroups(
    groups,
    `outcome-stopped:${id}:${round}`,
    { text: outcomeTexts.stopped({ topicNumber }) },
    {
      subjectId: id,
      quietZone: context.place.timeZone,
    },
  );
  return [...told, ...stopped];
}

/** In time, and nothing was handed out yet. */
function stops(outcome: Outcome, objection: Objection): boolean {
  return objection.inTime && outcome.state !== 'assigned';
}

function answerBy({ now, place }: MessageContext): string {
  return formatDay(
    atHour(now, place.timeZone, place.rules.answerWithinDays, ANSWER_HOUR),
    now,
    place.timeZone,
  );
}

/** Answered one-to-one; in the group, where that is impossible, without a word about who objects to what. */
function reply(context: MessageContext, outcome: Outcome, objection: Objection): Decision {
  const { topicNumber } = outcome;
  const by = answerBy(context);
  if (stops(outcome, objection)) {
    const text = outcomeTexts.objectionTaken({ topicNumber, answerBy: by });
    const neutral = outcomeTexts.objectionTakenInGroup({ topicNumber, answerBy: by });
    return replyPrivately(context, text, 'objection', neutral);
  }
  const ended = formatMoment(outcome.publicUntil, context.now, context.place.timeZone);
  const text = outcomeTexts.objectionLate({ topicNumber, ended, answerBy: by });
  return replyPrivately(context, text, 'objection.late', outcomeTexts.privateOnly());
}
