import { requirePlace, requireRole } from '#core/authorise';
import type { AuditEntry } from '#core/audit';
import { SECOND_MS } from '#core/clock';
import type { Actor } from '#core/command';
import type { DeadlineHandler } from '#core/deadline';
import { NOTHING, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { ConversationRef } from '#core/message';
import type { Place } from '#core/people';
import type { Poll } from '#core/poll';
import { toGroups } from '#procedure/broadcast';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { POLL_STATE_WORDS } from '#texts/words';
import { countPoll } from './count-poll.ts';
import { inheritedBallots } from './join-voters.ts';
import { closeDeadline, closeDeadlineId, remindDeadlineId } from './open-poll.ts';
import type { PollDeps } from './poll-deps.ts';
import { resultBodies } from './poll-words.ts';

/** How often closing looks again for undecided messages, once a second, before it counts without them. */
const MOST_WAITS = 180;
/** An early end lies this far ahead, so that every ballot decided before the end was written is in time. */
const EARLY_LEAD_MS = 5 * SECOND_MS;

/**
 * Closes a poll: waits until no message that was sent in time is undecided, counts the ballots anew, writes the
 * result once and tells the groups and the secretaries. When messages stay undecided for three minutes it counts
 * without them and the audit says so.
 */
export function createClosePoll(deps: PollDeps): DeadlineHandler {
  return async (deadline, now) => {
    const { subjectId, placeId, step } = deadline;
    const [poll, place] = await Promise.all([deps.polls.byId(subjectId), deps.places.byId(placeId)]);
    if (!poll || !place || poll.state !== 'open') return NOTHING;
    const again = (dueAt: Date, waits: number): Decision => ({
      writes: [deps.deadlines.again({ ...deadline, dueAt, step: waits })],
      dispatches: [],
      guarded: true,
    });
    // The last millisecond still belongs to the voters.
    if (now <= poll.closesAt) return again(new Date(poll.closesAt.getTime() + 1), step);
    // A ballot sent at the very deadline is in time.
    const hasPassed = await deps.barrier.passed(
      () => conversationsOf(deps, poll),
      new Date(poll.closesAt.getTime() + 1),
    );
    if (hasPassed || step >= MOST_WAITS) {
      const late = await inheritedBallots(deps, poll);
      if (late.length === 0) return counted(deps, poll, place, { now, hasPassed });
      const soon = again(now, step);
      return { ...soon, writes: [...late, ...soon.writes] };
    }
    return again(new Date(now.getTime() + SECOND_MS), step + 1);
  };
}

/**
 * Ballots come from the groups, from every other group of the place, where the poll is named by its number, and from
 * one-to-one chats of whoever is on the roll.
 */
async function conversationsOf(deps: PollDeps, poll: Poll): Promise<readonly ConversationRef[]> {
  const placeIds = await deps.places.subtreeIds(poll.placeId);
  const [told, roll, ...near] = await Promise.all([
    deps.groups.byIds(poll.groupIds),
    deps.polls.rollOf(poll.id),
    ...placeIds.map((placeId) => deps.groups.inPlace(placeId)),
  ]);
  const groups = new Map([...told, ...near.flat()].map((group) => [group.id, group]));
  const direct = await deps.people.conversationsOf(roll.flatMap((entry) => entry.personIds));
  return [...[...groups.values()].map((group) => group.conversation), ...direct];
}

async function counted(
  deps: PollDeps,
  poll: Poll,
  place: Place,
  { now, hasPassed }: { now: Date; hasPassed: boolean },
): Promise<Decision> {
  const result = await countPoll(deps, poll, now);
  const [groups, secretaries] = await Promise.all([
    deps.groups.byIds(poll.groupIds),
    deps.groups.inPlace(poll.placeId, 'secretaries'),
  ]);
  const { forGroups, forSecretaries } = resultBodies(poll, result, place);
  const key = `poll-result:${poll.id}`;
  return {
    writes: [deps.polls.update(poll.id, { state: 'closed', result }, poll.revision)],
    dispatches: [
      ...toGroups(groups, key, forGroups, { subjectId: poll.id, urgent: true }),
      ...toGroups(secretaries, `poll-closed:${poll.id}`, forSecretaries, { subjectId: poll.id }),
    ],
    audit: [
      entry(poll, 'poll.closed', 'system', now, {
        voters: result.voters,
        counts: result.counts.join(','),
        quorumMet: result.quorumMet,
        ...(result.seal && { seal: result.seal.seal, opening: result.seal.opening }),
        barrierPassed: hasPassed,
      }),
    ],
    guarded: true,
    event: 'poll.closed',
  };
}

export interface EndPoll {
  readonly pollId: string;
  /** Shown to the groups and kept. */
  readonly reason: string;
}

/** Ends a poll before its time, with a reason that the groups read. Ballots sent until the new end count. */
export function createCloseEarly(deps: PollDeps) {
  return async (actor: Actor, input: EndPoll): Promise<Decision> => {
    const { poll, reason } = await endable(deps, actor, input, '提前截止');
    if (poll.state !== 'open') throw notNow(poll, '提前截止');
    const closesAt = new Date(actor.now.getTime() + EARLY_LEAD_MS);
    if (closesAt >= poll.closesAt) throw notNow(poll, '提前截止');
    const groups = await deps.groups.byIds(poll.groupIds);
    const { topicNumber, title } = poll;
    const text = pollTexts.closedEarly({ topicNumber, title, reason });
    return {
      writes: [
        deps.polls.update(
          poll.id,
          { closesAt, plannedClosesAt: poll.plannedClosesAt ?? poll.closesAt, closedEarlyReason: reason },
          poll.revision,
        ),
        deps.deadlines.set(closeDeadline({ ...poll, closesAt }, deps.graceMs)),
        deps.deadlines.cancel(remindDeadlineId(poll.id)),
      ],
      dispatches: toGroups(groups, `poll-closed-early:${poll.id}`, { text }, { subjectId: poll.id }),
      audit: [
        entry(poll, 'poll.closedEarly', actor.person.id, actor.now, { closesAt: closesAt.toISOString() }),
      ],
      guarded: true,
      summary: pollTexts.closedEarly({ topicNumber, title, reason }),
      event: 'poll.closedEarly',
    };
  };
}

/** Declares a poll void, open or closed, with a reason; it stays visible with whatever was counted. */
export function createAnnulPoll(deps: PollDeps) {
  return async (actor: Actor, input: EndPoll): Promise<Decision> => {
    const { poll, reason } = await endable(deps, actor, input, '作废');
    if (poll.state === 'annulled') throw notNow(poll, '作废');
    const groups = await deps.groups.byIds(poll.groupIds);
    const text = pollTexts.annulled({ topicNumber: poll.topicNumber, title: poll.title, reason });
    return {
      writes: [
        deps.polls.update(poll.id, { state: 'annulled', annulledReason: reason }, poll.revision),
        ...(poll.state === 'open'
          ? [
              deps.deadlines.cancel(closeDeadlineId(poll.id)),
              deps.deadlines.cancel(remindDeadlineId(poll.id)),
            ]
          : []),
      ],
      dispatches: toGroups(groups, `poll-annulled:${poll.id}`, { text }, { subjectId: poll.id }),
      audit: [entry(poll, 'poll.annulled', actor.person.id, actor.now, { was: poll.state })],
      guarded: true,
      summary: text,
      event: 'poll.annulled',
    };
  };
}

async function endable(
  deps: PollDeps,
  actor: Actor,
  { pollId, reason: given }: EndPoll,
  command: string,
): Promise<{ poll: Poll; reason: string }> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command }));
  const poll = requirePlace(actor, await deps.polls.byId(pollId), topicTexts.pollUnknown());
  const reason = given.trim();
  if (reason === '') {
    throw new UserError('poll.reasonMissing', pollTexts.reasonMissing({ topicNumber: poll.topicNumber }));
  }
  return { poll, reason };
}

function notNow(poll: Poll, command: string): UserError {
  const state = POLL_STATE_WORDS[poll.state];
  return new UserError(
    'poll.state',
    systemTexts.notNow({ kind: 'topic', number: poll.topicNumber, state, command }),
  );
}

function entry(
  poll: Poll,
  action: string,
  actorId: string,
  at: Date,
  facts: NonNullable<AuditEntry['facts']>,
): AuditEntry {
  return { placeId: poll.placeId, action, actorId, subjectId: poll.id, at, facts };
}
