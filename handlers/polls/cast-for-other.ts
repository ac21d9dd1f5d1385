import { standsOver } from '#core/ballot-order';
import { replyHere, type MessageContext } from '#core/command';
import { joinDecisions, type Decision } from '#core/decision';
import type { Delegation } from '#core/delegation';
import { ballotId, type Ballot, type Poll } from '#core/poll';
import { householdIdOf } from '#core/roster';
import type { RollEntry } from '#core/roll';
import type { Choice } from '#core/vote-method';
import { normalizeCommandText } from '#language/normalize';
import { isStanding } from '#procedure/delegation';
import { delegationTexts } from '#texts/delegation-texts';
import { choiceWords } from '#texts/method-words';
import { findProxyPoll } from './find-proxy-poll.ts';
import { audited, nameIn, sayFor, toThose } from './give-delegation.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import { checkSaid, readBallot } from './read-ballot.ts';
import { behindName, readDoor, type ProxyWords } from './read-proxy.ts';
import { recordBallot } from './record-ballot.ts';
import { refuse, refusedChoice } from './refuse-vote.ts';

/** A voter who authorised this person, with the delegation. */
interface Held {
  readonly delegation: Delegation;
  readonly voter: RollEntry;
}

/**
 * 代投 3-2-501 1: the vote of somebody who authorised the speaker, as that voter's ballot. It gives way to whatever the
 * voter cast or gave on paper. The delegation is written along, so a withdrawal at the same moment comes before or after
 * it, never between. The voter is told one-to-one that it was cast, not what.
 */
export function createCastForOther(deps: PollDeps) {
  return async (context: MessageContext, said: ProxyWords): Promise<Decision> => {
    const found = await findProxyPoll(deps.polls, context, '代投', said.topicNumber);
    if ('refused' in found) return found.refused;
    const { poll } = found;
    const { topicNumber } = poll;
    const held = await heldBy(deps, poll, context.person.id);
    const meant = await meantOf(deps, poll, held, said.rest);
    if (!meant) return refuse(context, 'delegation.notHeld', delegationTexts.notHeld({ topicNumber }));
    const choice = readBallot(normalizeCommandText(meant.rest)).said;
    if (!choice || !meant.held) return listed(deps, context, poll, held);
    const checked = checkSaid(poll, choice);
    if (!checked.ok) return refusedChoice(context, poll, checked.problem);
    return castFor(deps, context, poll, { ...meant.held, choice: checked.choice });
  };
}

async function heldBy(deps: PollDeps, poll: Poll, personId: string): Promise<readonly Held[]> {
  const own = (await deps.polls.entriesOf(poll.id, personId)).map(({ voterId }) => voterId);
  const known = await deps.delegations.touching(poll.id, own);
  const standing = known.filter((one) => isStanding(one) && own.includes(one.holderId));
  const held = standing.map(async (delegation) => {
    const voter = await deps.polls.entryOf(poll.id, delegation.voterId);
    return voter ? [{ delegation, voter }] : [];
  });
  return (await Promise.all(held)).flat();
}

interface Meant {
  /** Absent where it could be several. */
  readonly held?: Held;
  /** What is said behind door and name. */
  readonly rest: string;
}

/** Whose vote is meant, by door or name; without either the only one there is. Undefined: nobody who authorised them. */
async function meantOf(
  { polls }: Pick<PollDeps, 'polls'>,
  poll: Poll,
  held: readonly Held[],
  text: string,
): Promise<Meant | undefined> {
  const door = readDoor(text);
  const there = door ? await polls.entriesOfHousehold(poll.id, householdIdOf(poll.placeId, door)) : [];
  const ids = new Set(there.map(({ voterId }) => voterId));
  const atDoor = held.filter(({ voter }) => ids.has(voter.voterId));
  if (door && atDoor.length > 0) return namedOf(atDoor, door.rest);
  // A whole door is no choice: it is somebody's who did not authorise the speaker.
  return door && door.building !== '' ? undefined : namedOf(held, text);
}

function namedOf(held: readonly Held[], text: string): Meant | undefined {
  for (const one of held) {
    const { label = '' } = one.voter;
    const rest = behindName(text, nameIn(label) ?? label);
    if (rest !== undefined) return { held: one, rest };
  }
  const [only, ...others] = held;
  if (!only) return undefined;
  return others.length === 0 ? { held: only, rest: text } : { rest: text };
}

async function listed(
  { polls }: PollDeps,
  context: MessageContext,
  poll: Poll,
  held: readonly Held[],
): Promise<Decision> {
  const voters = held.map(async ({ voter }) => ({
    label: voter.label ?? '',
    say: sayFor(poll, voter),
    isVoted: (await polls.ballotOf(poll.id, voter.voterId)) !== undefined,
  }));
  const { topicNumber } = poll;
  const text = delegationTexts.held({ topicNumber, voters: await Promise.all(voters) });
  return replyHere(context, text, 'delegation.held');
}

async function castFor(
  deps: PollDeps,
  context: MessageContext,
  poll: Poll,
  { delegation, voter, choice }: Held & { readonly choice: Choice },
): Promise<Decision> {
  const { topicNumber } = poll;
  const vote = ballotOf(context, poll, { delegation, voter, choice });
  const stored = await deps.polls.ballotOf(poll.id, voter.voterId);
  const label = voter.label ?? '';
  if (stored && standsOver(stored, vote))
    return refuse(context, 'ballot.overruled', delegationTexts.overruled({ topicNumber, voter: label }));
  const closes = closesWords(poll, context.now, context.place);
  const holder = await deps.polls.entryOf(poll.id, delegation.holderId);
  const told = delegationTexts.castForYou({ topicNumber, holder: holder?.label ?? '', closes });
  const option = choiceWords(poll, choice);
  const answer = delegationTexts.cast({ topicNumber, voter: label, option, closes });
  const { writes } = await recordBallot(deps, vote);
  const used = { ...delegation, usedAt: delegation.usedAt ?? context.now };
  return joinDecisions(
    {
      writes: [...writes, deps.delegations.save(used, delegation.revision)],
      dispatches: await toThose(deps, context, poll, {
        personIds: voter.personIds,
        text: told,
        what: 'ballot-proxy',
      }),
      audit: [audited(context, poll, 'ballot.proxy', { voter: voter.voterId, holder: delegation.holderId })],
      guarded: true,
    },
    replyHere(context, answer, 'ballot.proxy'),
  );
}

function ballotOf(
  { message, person, now }: MessageContext,
  poll: Poll,
  { delegation, voter, choice }: Held & { readonly choice: Choice },
): Omit<Ballot, 'receipt'> {
  return {
    id: ballotId(poll.id, voter.voterId),
    pollId: poll.id,
    placeId: poll.placeId,
    voterId: voter.voterId,
    personId: person.id,
    voterName: voter.label ?? '',
    choice,
    sentAt: message.sentAt,
    messageId: message.messageId,
    path: 'proxy',
    enteredById: delegation.holderId,
    castAt: now,
  };
}
