import { HOUR_MS, SECOND_MS } from '#core/clock';
import type { Actor } from '#core/command';
import type { Deadline } from '#core/deadline';
import { definedFields, type Decision, type Write } from '#core/decision';
import type { Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Topic } from '#core/topic';
import { reachNote, toGroups, type BroadcastPreview } from '#procedure/broadcast';
import { atHour } from '#procedure/local-time';
import { afterQuietHours } from '#procedure/quiet-hours';
import { openingOf } from '#src/proof/seal-poll';
import { CALLED_BACK } from '#texts/poll-defaults';
import { pollTexts } from '#texts/poll-texts';
import { ruleLines } from '#texts/rule-words';
import { frozenPollOf, votersOf } from './frozen-poll.ts';
import { pagePath } from './page-link.ts';
import { planPoll, type PlannedPoll, type PollInput } from './plan-poll.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords, openingBody } from './poll-words.ts';

/**
 * What the groups would get, but for the fingerprint, by what rules, and how many persons could vote; writes nothing.
 * Throws like opening.
 */
export function createPreviewPoll(deps: PollDeps) {
  return async (actor: Actor, input: PollInput): Promise<BroadcastPreview> => {
    const { poll, groups, roll } = await planPoll(deps, actor, input);
    const people = await Promise.all(groups.map((group) => deps.groups.memberIds([group.id])));
    const { text, picture } = openingBody(poll, actor.now, actor.place, pageLink(deps, poll));
    return {
      text,
      ...definedFields({ picture }),
      rules: ruleLines(poll),
      groups: groups.map((group, index) => ({
        id: group.id,
        name: group.name,
        people: people[index]?.length ?? 0,
        ...definedFields({ note: reachNote(group, deps.channelFacts) }),
      })),
      people: roll.length,
    };
  };
}

/**
 * Opens a poll for a topic: freezes options, rules and the roll (the members of the groups at this moment), tells the
 * groups and sets the deadlines. The topic's revision guards against two polls of one topic.
 */
export function createOpenPoll(deps: PollDeps) {
  return async (actor: Actor, input: PollInput): Promise<Decision> => {
    const { poll: planned, topic, moved, groups, roll } = await planPoll(deps, actor, input);
    const poll = await fingerprinted(deps, planned, roll);
    const { id, topicNumber } = poll;
    const kept = await deps.polls.keepRoll(id, roll, actor.now);
    return {
      writes: [
        kept,
        ...deps.polls.insert(poll),
        deps.topics.update(topic.id, { ...moved, prepared: undefined }, topic.revision),
        ...pollDeadlines(deps, poll, actor),
      ],
      dispatches: toGroups(
        groups,
        `poll-opened:${id}`,
        openingBody(poll, actor.now, actor.place, pageLink(deps, poll)),
        { subjectId: id, expiresAt: poll.closesAt },
      ),
      audit: [
        {
          placeId: poll.placeId,
          action: 'poll.opened',
          actorId: actor.person.id,
          subjectId: id,
          at: actor.now,
          facts: {
            fingerprint: poll.fingerprint,
            rollFingerprint: poll.rollFingerprint ?? '',
            roll: roll.length,
            quorum: poll.quorum,
            groups: groups.length,
          },
        },
      ],
      guarded: true,
      summary: pollTexts.openedBySecretary({
        topicNumber,
        groups: groups.length,
        closes: closesWords(poll, actor.now, actor.place),
      }),
      created: { kind: 'poll', id, number: topicNumber },
      undo: calledBack(deps, poll, topic),
      event: 'poll.opened',
    };
  };
}

/**
 * Before the groups have heard of it: the poll stays, annulled with that reason, for nothing about a poll vanishes; its
 * topic is where it was, and may be put to the vote again.
 */
function calledBack({ polls, topics, deadlines }: PollDeps, poll: Poll, topic: Topic): Write[] {
  const { stage, history, prepared } = topic;
  return [
    polls.update(poll.id, { state: 'annulled', annulledReason: CALLED_BACK }, poll.revision),
    topics.update(topic.id, { stage, history, prepared }, topic.revision + 1),
    deadlines.cancel(closeDeadlineId(poll.id)),
    deadlines.cancel(remindDeadlineId(poll.id)),
  ];
}

/** The whole address of a poll's page, where it has one that people can reach. */
export function pageLink(
  { votePages }: Pick<PollDeps, 'votePages'>,
  poll: Pick<Poll, 'topicNumber' | 'pageCode'>,
): string | undefined {
  const path = pagePath(poll);
  return path === undefined ? undefined : votePages?.url(path);
}

/** Proves later that neither question nor rules nor roll were changed after the opening. */
async function fingerprinted(
  { pollSecrets }: PollDeps,
  planned: PlannedPoll,
  roll: readonly RollEntry[],
): Promise<Poll> {
  const secret = await pollSecrets.secretOf(planned.id);
  const frozen = openingOf(frozenPollOf(planned), secret, votersOf(planned, roll));
  return { ...planned, rollFingerprint: frozen.roll, fingerprint: frozen.opening };
}

/**
 * The row that closes a poll, after the wait that its rules say; `graceMs` for polls from before it was one of them.
 * `step` counts how often it had to wait for messages that were still undecided.
 */
export function closeDeadline(
  { id, placeId, closesAt, rules }: Pick<Poll, 'id' | 'placeId' | 'closesAt' | 'rules'>,
  graceMs: number,
): Deadline {
  const waitMs = rules.graceSeconds === undefined ? graceMs : rules.graceSeconds * SECOND_MS;
  const dueAt = new Date(closesAt.getTime() + waitMs);
  return { id: closeDeadlineId(id), kind: 'poll.close', placeId, subjectId: id, dueAt, step: 0 };
}

export function closeDeadlineId(pollId: string): string {
  return `poll.close:${pollId}`;
}

export function remindDeadlineId(pollId: string): string {
  return `poll.remind:${pollId}`;
}

function pollDeadlines(deps: PollDeps, poll: Poll, { now, place }: Actor): Write[] {
  const { id, placeId, closesAt } = poll;
  const writes = [deps.deadlines.set(closeDeadline(poll, deps.graceMs))];
  const dueAt = remindAt(poll.openedAt, closesAt, place.timeZone);
  if (!dueAt || dueAt <= now) return writes;
  const remind: Deadline = {
    id: remindDeadlineId(id),
    kind: 'poll.remind',
    placeId,
    subjectId: id,
    dueAt,
    step: 0,
  };
  return [...writes, deps.deadlines.set(remind)];
}

const REMIND_HOUR = 9;
const REMIND_BEFORE_MS = 3 * HOUR_MS;

/**
 * When a poll is called to mind, once: at 9:00 on its last day, or three hours before the end when that is past or
 * comes too late; in the night, when the night is over. Undefined when there is no such time within the poll.
 */
export function remindAt(openedAt: Date, closesAt: Date, zone: string): Date | undefined {
  const morning = atHour(closesAt, zone, 0, REMIND_HOUR);
  const before = new Date(closesAt.getTime() - REMIND_BEFORE_MS);
  const isMorningGood = morning > openedAt && morning < closesAt;
  const at = afterQuietHours(isMorningGood ? morning : before, zone);
  return at > openedAt && at < closesAt ? at : undefined;
}
