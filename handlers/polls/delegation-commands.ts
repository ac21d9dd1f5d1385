import { defineCommand, replyHere, type AnyCommand, type MessageContext } from '#core/command';
import { joinDecisions, type Decision } from '#core/decision';
import type { Poll, PollStore } from '#core/poll';
import { householdIdOf, type RoomAddress } from '#core/roster';
import type { RollEntry } from '#core/roll';
import { isStanding } from '#procedure/delegation';
import { delegationTexts } from '#texts/delegation-texts';
import { systemTexts } from '#texts/system-texts';
import { createCastForOther } from './cast-for-other.ts';
import { createDecline } from './decline-delegation.ts';
import { nameIn } from './delegation-words.ts';
import { findProxyPoll, notInGroup } from './find-proxy-poll.ts';
import { createEnterDelegation, giveDelegation, withdrawDelegation } from './give-delegation.ts';
import { standingVote } from './held-votes.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import {
  behindName,
  numberIn,
  readBothDoors,
  readDoor,
  readProxyWords,
  type ProxyWords,
} from './read-proxy.ts';
import { refuse, refusedStranger } from './refuse-vote.ts';

/** 委托 3-2-501, 撤销委托, 代投 3-2-501 1, 退回委托 3-2-501; for staff 委托 3 3-2-501 给 3-2-502. */
export function createDelegationCommands(deps: PollDeps): readonly AnyCommand[] {
  const castFor = createCastForOther(deps);
  const enter = createEnterDelegation(deps);
  const decline = createDecline(deps);
  const words = (_rest: string, original: string) => ({ ok: true as const, args: readProxyWords(original) });
  return [
    defineCommand<ProxyWords>({
      name: 'delegation.give',
      triggers: ['委托'],
      summary: '规则允许时，委托别人投票',
      example: '委托 3-2-501',
      roles: ['resident'],
      parse: words,
      async run(context, said) {
        const isStaff = context.roles.some((role) => role === 'secretary' || role === 'admin');
        const doors = isStaff ? readBothDoors(said.rest) : undefined;
        if (doors) return enteredInChat(deps, enter, context, { ...said, ...doors });
        return notInGroup(context) ?? give(deps, context, said);
      },
    }),
    defineCommand<ProxyWords>({
      name: 'delegation.withdraw',
      triggers: ['撤销委托', '取消委托'],
      summary: '不委托别人投票了',
      example: '撤销委托',
      roles: ['resident'],
      parse: words,
      run: async (context, said) => notInGroup(context) ?? withdraw(deps, context, said),
    }),
    defineCommand<ProxyWords>({
      name: 'delegation.cast',
      triggers: ['代投'],
      summary: '受委托替别人投票',
      example: '代投 3-2-501 1',
      roles: ['resident'],
      parse: words,
      run: async (context, said) => notInGroup(context) ?? castFor(context, said),
    }),
    defineCommand<ProxyWords>({
      name: 'delegation.decline',
      triggers: ['退回委托', '不接受委托', '拒绝委托', '不代投'],
      summary: '别人委托您，您不接受',
      example: '退回委托 3-2-501',
      roles: ['resident'],
      parse: words,
      run: async (context, said) => notInGroup(context) ?? decline(context, said),
    }),
  ];
}

async function give(deps: PollDeps, context: MessageContext, said: ProxyWords): Promise<Decision> {
  const contact = context.place.dutyContact;
  if (said.rest === '') return refuse(context, 'delegation.how', delegationTexts.how({ contact }));
  const found = await findProxyPoll(deps.polls, context, {
    command: '委托',
    topicNumber: said.topicNumber,
  });
  if ('refused' in found) return found.refused;
  const { poll } = found;
  const { topicNumber } = poll;
  const [own, ...more] = await deps.polls.entriesOf(poll.id, context.person.id);
  if (!own) return refusedStranger(context, poll);
  const holder = await meantAt(deps.polls, poll, said.rest);
  if (!holder || holder.personIds.length === 0 || more.length > 0)
    return refuse(context, 'delegation.unclear', delegationTexts.unclear({ topicNumber, contact }));
  const given = await giveDelegation(deps, context, { poll, voter: own, holder, by: 'chat' });
  if (typeof given === 'string')
    return refuse(context, `delegation.${given}`, delegationTexts.refused({ topicNumber, why: given }));
  const closes = closesWords(poll, context.now, context.place);
  const text = delegationTexts.given({ topicNumber, holder: holder.label ?? '', closes });
  return joinDecisions(given, replyHere(context, text, 'delegation.given'));
}

/** The one voter behind a door, or with the name that follows it; undefined when there is none or more than one. */
async function meantAt(
  polls: Pick<PollStore, 'entriesOfHousehold'>,
  poll: Poll,
  text: string,
): Promise<RollEntry | undefined> {
  const door = readDoor(text);
  const there = door ? await atDoor(polls, poll, door) : [];
  const named = there.filter(({ label = '' }) => behindName(door?.rest ?? '', nameIn(label) ?? '') === '');
  const [meant, ...others] = named.length > 0 ? named : there;
  // A name that nobody there has means somebody else.
  return others.length === 0 && (named.length > 0 || door?.rest.trim() === '') ? meant : undefined;
}

function atDoor(polls: Pick<PollStore, 'entriesOfHousehold'>, poll: Poll, door: RoomAddress) {
  return polls.entriesOfHousehold(poll.id, householdIdOf(poll.placeId, door));
}

async function withdraw(deps: PollDeps, context: MessageContext, said: ProxyWords): Promise<Decision> {
  const found = await findProxyPoll(deps.polls, context, {
    command: '撤销委托',
    topicNumber: said.topicNumber ?? numberIn(said.rest),
  });
  if ('refused' in found) return found.refused;
  const { poll } = found;
  const { topicNumber } = poll;
  const own = (await deps.polls.entriesOf(poll.id, context.person.id)).map(({ voterId }) => voterId);
  const known = await deps.delegations.touching(poll.id, own);
  const given = known.filter((one) => isStanding(one) && own.includes(one.voterId));
  if (given.length === 0) return refuse(context, 'delegation.none', delegationTexts.none({ topicNumber }));
  const ballots = await Promise.all(given.map(({ voterId }) => deps.polls.ballotOf(poll.id, voterId)));
  const ended = await Promise.all(
    given.map((delegation) => withdrawDelegation(deps, context, poll, { delegation, endedBy: 'voter' })),
  );
  const text = delegationTexts.withdrawn({
    topicNumber,
    stands: standingVote(ballots.find((ballot) => ballot !== undefined)),
    closes: closesWords(poll, context.now, context.place),
  });
  return joinDecisions(...ended, replyHere(context, text, 'delegation.withdrawn'));
}

type BothDoors = ProxyWords & NonNullable<ReturnType<typeof readBothDoors>>;

async function enteredInChat(
  deps: PollDeps,
  enter: ReturnType<typeof createEnterDelegation>,
  context: MessageContext,
  { topicNumber, voter, holder }: BothDoors,
): Promise<Decision> {
  const how = () => replyHere(context, delegationTexts.staffHow(), 'delegation.staffHow');
  if (topicNumber === undefined) return how();
  const poll = await deps.polls.byTopicNumber(context.place.id, topicNumber);
  if (!poll) {
    const text = systemTexts.numberUnknownStaff({ kind: 'topic', number: topicNumber });
    return replyHere(context, text, 'number.unknown');
  }
  const [voters, holders] = await Promise.all([voter, holder].map((door) => atDoor(deps.polls, poll, door)));
  const [from, to] = [voters?.[0], holders?.[0]];
  if (!from || !to || voters?.length !== 1 || holders?.length !== 1) return how();
  const given = await enter(context, { pollId: poll.id, voterId: from.voterId, holderId: to.voterId });
  return joinDecisions(given, replyHere(context, given.summary ?? '', 'delegation.given'));
}
