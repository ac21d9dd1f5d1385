import { standsOver } from '#core/ballot-order';
import { replyHere, type MessageContext } from '#core/command';
import { joinDecisions, NOTHING, type Decision } from '#core/decision';
import { ballotId, type Ballot, type Poll } from '#core/poll';
import type { Choice } from '#core/vote-method';
import { normalizeCommandText } from '#language/normalize';
import { delegationTexts } from '#texts/delegation-texts';
import { choiceWords } from '#texts/method-words';
import { pageTexts } from '#texts/page-texts';
import { sayFor } from './delegation-words.ts';
import { findProxyPoll } from './find-proxy-poll.ts';
import { audited, toThose } from './give-delegation.ts';
import { heldBy, meantOf, type Held } from './held-votes.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import { checkSaid, readBallot } from './read-ballot.ts';
import type { ProxyWords } from './read-proxy.ts';
import { recordBallot } from './record-ballot.ts';
import { refuse, refusedAsOver, refusedChoice } from './refuse-vote.ts';

/**
 * 代投 3-2-501 1: the vote of somebody who authorised the speaker, as that voter's ballot. It gives way to whatever the
 * voter cast or gave on paper. The delegation is written along, so a withdrawal at the same moment comes before or after
 * it, never between. The voter is told one-to-one that it was cast, not what.
 */
export function createCastForOther(deps: PollDeps) {
  return async (context: MessageContext, said: ProxyWords): Promise<Decision> => {
    const found = await findProxyPoll(deps.polls, context, {
      command: '代投',
      topicNumber: said.topicNumber,
      isMeant: async (open) => (await heldBy(deps, open, context.person.id)).length > 0,
    });
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

/** The same from a poll's page, which names poll and voter; both are looked up anew. */
export function createCastForOtherOnPage(deps: PollDeps) {
  return async (context: MessageContext): Promise<Decision> => {
    const { body } = context.message;
    const poll = body.type === 'proxyBallot' ? await deps.polls.byId(body.pollId) : undefined;
    if (body.type !== 'proxyBallot' || !poll) return { ...NOTHING, event: 'ignored.noPoll' };
    const over = refusedAsOver(context, poll);
    if (over) return over;
    const held = await heldBy(deps, poll, context.person.id);
    const meant = held.find(({ voter }) => voter.voterId === body.voterId);
    const { topicNumber } = poll;
    if (!meant) return refuse(context, 'delegation.notHeld', delegationTexts.notHeld({ topicNumber }));
    const checked = checkSaid(poll, body.given);
    if (!checked.ok) return refusedChoice(context, poll, checked.problem);
    return castFor(deps, context, poll, { ...meant, choice: checked.choice });
  };
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
  const answer = castWords(context, poll, label, choice);
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

/** On the page the choice was seen already, and whose phone this is may not be who chose. */
function castWords(context: MessageContext, poll: Poll, voter: string, choice: Choice): string {
  const { topicNumber } = poll;
  const closes = closesWords(poll, context.now, context.place);
  const contact = context.place.dutyContact;
  if (context.message.body.type === 'proxyBallot')
    return pageTexts.castForOther({ topicNumber, voter, closes, contact });
  return delegationTexts.cast({ topicNumber, voter, option: choiceWords(poll, choice), closes });
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
