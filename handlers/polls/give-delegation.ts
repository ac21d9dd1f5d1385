import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { AuditEntry } from '#core/audit';
import type { Card } from '#core/card';
import { delegationId, type Delegation, type DelegationProblem, type DelegationSide } from '#core/delegation';
import { definedFields, type Decision, type Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import type { Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { delegationProblem, isStanding } from '#procedure/delegation';
import { delegationCard } from '#texts/delegation-cards';
import { delegationTexts } from '#texts/delegation-texts';
import { rollTexts } from '#texts/roll-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { sayDecline, sayFor } from './delegation-words.ts';
import { standingVote } from './held-votes.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';

export interface AskedDelegation {
  readonly poll: Poll;
  /** Whose vote it is, and who may cast it: two entries of the poll's roll. */
  readonly voter: RollEntry;
  readonly holder: RollEntry;
  readonly by: Delegation['by'];
}

/**
 * One voter authorises another one, or why not. Guarded by the poll's revision, so that two delegations at one moment
 * never overfill a holder or make a chain. Everybody who speaks for either is told one-to-one, but not the actor.
 */
export async function giveDelegation(
  deps: PollDeps,
  actor: Actor,
  { poll, voter, holder, by }: AskedDelegation,
): Promise<Decision | DelegationProblem> {
  const pair = { voterId: voter.voterId, holderId: holder.voterId };
  const known = await deps.delegations.touching(poll.id, [pair.voterId, pair.holderId]);
  const problem = delegationProblem(known, { ...pair, by }, poll.rules.proxiesPerHolder);
  if (problem) return problem;
  const id = delegationId(poll.id, pair.voterId, pair.holderId);
  const before = known.find((one) => one.id === id);
  const given: Delegation = {
    id,
    pollId: poll.id,
    placeId: poll.placeId,
    ...pair,
    givenAt: actor.now,
    by,
    givenById: actor.person.id,
    ...definedFields({ usedAt: before?.usedAt }),
    revision: 1,
  };
  return {
    writes: [
      deps.polls.update(poll.id, {}, poll.revision),
      deps.delegations.save(given, before?.revision ?? 0),
    ],
    dispatches: [
      ...(await toVoter(deps, actor, { poll, voter, holder, by })),
      ...(await toHolder(deps, actor, { poll, voter, holder })),
    ],
    audit: [audited(actor, poll, 'delegation.given', { ...pair, by })],
    guarded: true,
    summary: delegationTexts.staffGiven({ voter: voter.label ?? '', holder: holder.label ?? '' }),
    event: 'delegation.given',
  };
}

async function toVoter(
  deps: PollDeps,
  actor: Actor,
  { poll, voter, holder, by }: AskedDelegation,
): Promise<Dispatch[]> {
  const text = delegationTexts.givenForYou({
    topicNumber: poll.topicNumber,
    holder: holder.label ?? '',
    isPaper: by === 'paper',
    contact: actor.place.dutyContact,
  });
  return toThose(deps, actor, poll, { personIds: voter.personIds, text, what: 'delegation-given' });
}

async function toHolder(
  deps: PollDeps,
  actor: Actor,
  { poll, voter, holder }: Omit<AskedDelegation, 'by'>,
): Promise<Dispatch[]> {
  const told = {
    topicNumber: poll.topicNumber,
    voter: voter.label ?? '',
    say: sayFor(poll, voter),
    decline: sayDecline(poll, voter),
    closes: closesWords(poll, actor.now, actor.place),
  };
  return toThose(deps, actor, poll, {
    personIds: holder.personIds,
    text: delegationTexts.received(told),
    card: delegationCard(told),
    what: 'delegation-received',
  });
}

interface Told {
  readonly personIds: readonly string[];
  readonly text: string;
  readonly card?: Card;
  readonly what: string;
}

/** One-to-one to these persons, but not to whoever does it. */
export async function toThose(
  { people }: Pick<PollDeps, 'people'>,
  { person, requestId }: Pick<Actor, 'person' | 'requestId'>,
  { closesAt, placeId }: Poll,
  { personIds, text, card, what }: Told,
): Promise<Dispatch[]> {
  const direct = await people.directOf(personIds.filter((id) => id !== person.id));
  return [...direct].map(([personId, to]) => ({
    key: `${what}:${requestId}:${personId}`,
    to,
    body: { text, ...(card && { card }) },
    expiresAt: closesAt,
    placeId,
  }));
}

/** A delegation that the voter, or staff for them, takes back: what was cast with it stands until the voter votes. */
export async function withdrawDelegation(
  deps: PollDeps,
  actor: Actor,
  poll: Poll,
  { delegation, endedBy }: { readonly delegation: Delegation; readonly endedBy: DelegationSide },
): Promise<Decision> {
  const { topicNumber } = poll;
  const [voter, holder, ballot] = await Promise.all([
    deps.polls.entryOf(poll.id, delegation.voterId),
    deps.polls.entryOf(poll.id, delegation.holderId),
    deps.polls.ballotOf(poll.id, delegation.voterId),
  ]);
  const label = voter?.label ?? '';
  const forHolder = delegationTexts.withdrawnFromYou({ topicNumber, voter: label });
  const forVoter = delegationTexts.withdrawn({
    topicNumber,
    stands: standingVote(ballot),
    closes: closesWords(poll, actor.now, actor.place),
  });
  const told = await Promise.all([
    toThose(deps, actor, poll, {
      personIds: holder?.personIds ?? [],
      text: forHolder,
      what: 'delegation-ended',
    }),
    toThose(deps, actor, poll, {
      personIds: voter?.personIds ?? [],
      text: forVoter,
      what: 'delegation-withdrawn',
    }),
  ]);
  const { voterId, holderId } = delegation;
  return {
    writes: [
      deps.polls.touchOpen(poll.id),
      deps.delegations.save({ ...delegation, withdrawnAt: actor.now, endedBy }, delegation.revision),
    ],
    dispatches: told.flat(),
    audit: [audited(actor, poll, 'delegation.withdrawn', { voterId, holderId })],
    guarded: true,
    summary: delegationTexts.staffWithdrawn({ voter: label }),
    event: 'delegation.withdrawn',
  };
}

export function audited(
  { person, now }: Actor,
  { id, placeId }: Poll,
  action: string,
  facts: Readonly<Record<string, string>>,
): AuditEntry {
  return { placeId, action, actorId: person.id, subjectId: id, at: now, facts };
}

/** A delegation as staff enter it from a written authorisation. */
export interface EnterDelegation {
  readonly pollId: string;
  readonly voterId: string;
  readonly holderId: string;
}

/** The secretary has the written authorisation before them: name, matter and signature are theirs to check. */
export function createEnterDelegation(deps: PollDeps) {
  return async (actor: Actor, input: EnterDelegation): Promise<Decision> => {
    const poll = await openPollHere(deps, actor, input.pollId);
    const [voter, holder] = await Promise.all(
      [input.voterId, input.holderId].map((id) => deps.polls.entryOf(poll.id, id)),
    );
    if (!voter || !holder) throw new UserError('ballot.notOnRoll', rollTexts.voterUnknown());
    if (holder.personIds.length === 0)
      throw new UserError('delegation.holderUnreachable', delegationTexts.holderUnreachable());
    const given = await giveDelegation(deps, actor, { poll, voter, holder, by: 'paper' });
    if (typeof given !== 'string') return given;
    throw new UserError(`delegation.${given}`, delegationTexts.staffRefused({ why: given }));
  };
}

export interface EndDelegation {
  readonly pollId: string;
  readonly voterId: string;
}

/** The secretary takes a delegation back, on the word of whoever gave it. */
export function createEndDelegation(deps: PollDeps) {
  return async (actor: Actor, { pollId, voterId }: EndDelegation): Promise<Decision> => {
    const poll = await openPollHere(deps, actor, pollId);
    const known = await deps.delegations.touching(poll.id, [voterId]);
    const standing = known.find((one) => one.voterId === voterId && isStanding(one));
    if (!standing) throw new UserError('delegation.none', delegationTexts.staffNone());
    return withdrawDelegation(deps, actor, poll, { delegation: standing, endedBy: 'staff' });
  };
}

async function openPollHere(deps: PollDeps, actor: Actor, pollId: string): Promise<Poll> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '委托' }));
  const poll = requirePlace(actor, await deps.polls.byId(pollId), topicTexts.pollUnknown());
  if (poll.state !== 'open' || actor.now > poll.closesAt) throw new UserError('poll.over', rollTexts.over());
  return poll;
}
