import { replyHere, type MessageContext } from '#core/command';
import { joinDecisions, type Decision, type Dispatch } from '#core/decision';
import type { Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { toGroups } from '#procedure/broadcast';
import { declineTexts } from '#texts/decline-texts';
import { sayDecline } from './delegation-words.ts';
import { findProxyPoll } from './find-proxy-poll.ts';
import { audited, toThose } from './give-delegation.ts';
import { heldBy, meantOf, standingVote, type Held } from './held-votes.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import { numberIn, type ProxyWords } from './read-proxy.ts';
import { refuse } from './refuse-vote.ts';

/** 退回委托 3-2-501的: what may stand behind whose it is. */
const FILLER = /^(?:的)?(?:委托|票)?[\s。.!！]*$/u;

/**
 * 退回委托 3-2-501: whoever was authorised does not want to be. Everybody who speaks for the holder may say it, until the
 * end. It ends the right as a withdrawal does: what the holder cast before stands until the voter votes. The voter is
 * told one-to-one what to do now; staff, where they entered the paper or the voter is not in chat.
 */
export function createDecline(deps: PollDeps) {
  return async (context: MessageContext, said: ProxyWords): Promise<Decision> => {
    const number = numberIn(said.rest);
    const found = await findProxyPoll(deps.polls, context, {
      command: '退回委托',
      topicNumber: said.topicNumber ?? number,
      isMeant: async (open) => (await heldBy(deps, open, context.person.id)).length > 0,
    });
    if ('refused' in found) return found.refused;
    const { poll } = found;
    const { topicNumber } = poll;
    const held = await heldBy(deps, poll, context.person.id);
    if (held.length === 0) return refuse(context, 'delegation.none', declineTexts.nothing({ topicNumber }));
    const meant = await meantOf(deps, poll, held, number === undefined ? said.rest : '');
    if (meant?.held && FILLER.test(meant.rest)) return declined(deps, context, poll, meant.held);
    const voters = held.map(({ voter }) => ({ label: voter.label ?? '', say: sayDecline(poll, voter) }));
    return replyHere(context, declineTexts.which({ topicNumber, voters }), 'delegation.held');
  };
}

async function declined(deps: PollDeps, context: MessageContext, poll: Poll, held: Held): Promise<Decision> {
  const { delegation, voter } = held;
  const { voterId, holderId, revision } = delegation;
  const [holder, ballot] = await Promise.all([
    deps.polls.entryOf(poll.id, holderId),
    deps.polls.ballotOf(poll.id, voterId),
  ]);
  const names = { topicNumber: poll.topicNumber, voter: voter.label ?? '', holder: holder?.label ?? '' };
  const stands = standingVote(ballot);
  const toVoter = await voterTold(deps, context, poll, voter, { ...names, stands });
  const isVoterTold = toVoter.length > 0 || voter.personIds.includes(context.person.id);
  const isStaffs = delegation.by === 'paper' || !isVoterTold;
  const said = { ...names, wasUsed: stands === 'proxy' && ballot?.enteredById === holderId };
  const told = await Promise.all([
    toThose(deps, context, poll, {
      personIds: holder?.personIds ?? [],
      text: declineTexts.declinedByMember(said),
      what: 'delegation-ended',
    }),
    isStaffs ? staffTold(deps, context, poll, { ...names, stands }) : [],
  ]);
  const ended = { ...delegation, withdrawnAt: context.now, endedBy: 'holder' as const };
  return joinDecisions(
    {
      writes: [deps.polls.touchOpen(poll.id), deps.delegations.save(ended, revision)],
      dispatches: [...toVoter, ...told.flat()],
      audit: [audited(context, poll, 'delegation.declined', { voterId, holderId })],
      guarded: true,
    },
    replyHere(context, declineTexts.declined({ ...said, isVoterTold }), 'delegation.declined'),
  );
}

type Said = Parameters<typeof declineTexts.declinedForStaff>[0];

async function voterTold(
  deps: PollDeps,
  context: MessageContext,
  poll: Poll,
  { personIds }: RollEntry,
  said: Said,
): Promise<Dispatch[]> {
  const closes = closesWords(poll, context.now, context.place);
  const text = declineTexts.declinedYours({ ...said, closes, contact: context.place.dutyContact });
  return toThose(deps, context, poll, { personIds, text, what: 'delegation-declined' });
}

async function staffTold(
  { groups }: Pick<PollDeps, 'groups'>,
  { requestId }: MessageContext,
  poll: Poll,
  said: Said,
): Promise<Dispatch[]> {
  const secretaries = await groups.inPlace(poll.placeId, 'secretaries');
  const text = declineTexts.declinedForStaff(said);
  return toGroups(secretaries, `delegation-declined:${requestId}`, { text }, { subjectId: poll.id });
}
