import type { Chance } from '#core/clock';
import { definedFields, type Decision } from '#core/decision';
import type { DelegationStore } from '#core/delegation';
import type { InboxFate, InboxFates } from '#core/inbox-fate';
import { vendorIdOf, type InboundMessage } from '#core/message';
import type { PeopleStore, PlaceStore } from '#core/people';
import type { Poll, PollStore } from '#core/poll';
import type { TopicStore } from '#core/topic';
import type { HeldVote, PageVote, PageVoter, PollPage, SentTicket } from '#core/vote-page';
import { sayDecline, sayFor } from './delegation-words.ts';
import { heldBy } from './held-votes.ts';
import { redeemCode, sendCodes, type PageCodeDeps } from './page-codes.ts';
import {
  heldKeyOf,
  isPageExpired,
  makePass,
  makeTicket,
  readPageAddress,
  readPass,
  readTicket,
} from './page-link.ts';

export interface VotePageDeps extends PageCodeDeps {
  readonly polls: PageCodeDeps['polls'] & Pick<PollStore, 'byPageCode' | 'ballotOf' | 'entryOf'>;
  readonly places: PageCodeDeps['places'] & Pick<PlaceStore, 'byId'>;
  readonly people: Pick<PeopleStore, 'directOf' | 'reachedAs'>;
  readonly topics: Pick<TopicStore, 'byId'>;
  readonly inboxFates: InboxFates;
  readonly chance: Pick<Chance, 'fraction' | 'id'>;
  readonly delegations: DelegationStore;
}

/** What a poll's page does. It decides no vote: that goes through the inbox like every other. */
export function createVotePage(deps: VotePageDeps) {
  return {
    /** `expired` for a poll that ended long ago, undefined for no poll: a wrong code, or one with another number. */
    async open(address: string, now: Date): Promise<PollPage | 'expired' | undefined> {
      const read = readPageAddress(address);
      const poll = read && (await deps.polls.byPageCode(read.code));
      if (poll?.topicNumber !== read?.topicNumber || !poll) return undefined;
      if (isPageExpired(poll, now)) return 'expired';
      const [place, topic] = await Promise.all([
        deps.places.byId(poll.placeId),
        deps.topics.byId(poll.topicId),
      ]);
      return place && { poll, place, description: topic?.description ?? '' };
    },

    sendCodes: (poll: Poll, who: string, now: Date): Promise<Decision> => sendCodes(deps, poll, who, now),

    /** A pass for whoever has the right code. */
    async enter(poll: Poll, said: { who: string; code: string }, now: Date): Promise<string | undefined> {
      const personId = await redeemCode(deps, poll, said, now);
      return personId === undefined ? undefined : makePass(deps.key, poll.id, personId, now);
    },

    async voterWith(poll: Poll, pass: string, now: Date): Promise<PageVoter | undefined> {
      const personId = readPass(deps.key, pass, poll.id, now);
      if (personId === undefined) return undefined;
      const entries = await deps.polls.entriesOf(poll.id, personId);
      const found = await Promise.all(entries.map(({ voterId }) => deps.polls.ballotOf(poll.id, voterId)));
      const held = await heldVotes(deps, poll, { personId, pass, entries });
      return { personId, pass, entries, ballots: found.flatMap((ballot) => ballot ?? []), held };
    },

    /** For the voter's own vote, or for one that they may cast for somebody else. */
    newTicket: ({ pass }: PageVoter, held?: HeldVote): string =>
      makeTicket(deps.key, pass, deps.chance.id(), held?.key),

    /** The message that is the vote; undefined when the ticket is not this voter's, or nobody can be written to. */
    async ballotMessage(
      poll: Poll,
      { personId, pass }: PageVoter,
      { ticket, given, held }: PageVote,
      now: Date,
    ): Promise<InboundMessage | undefined> {
      const id = readTicket(deps.key, pass, ticket, held?.key);
      const identity = id === undefined ? undefined : await deps.people.reachedAs(personId);
      if (id === undefined || !identity) return undefined;
      const { direct } = identity;
      return {
        from: direct,
        conversationKind: 'direct',
        messageId: messageIdOf(id),
        sender: { vendorId: vendorIdOf(identity.id, direct), isSelf: false, direct },
        mentionsBot: false,
        sentAt: now,
        body: held
          ? { type: 'proxyBallot', pollId: poll.id, voterId: held.voter.voterId, given }
          : { type: 'ballot', pollId: poll.id, given },
        attachments: [],
      };
    },

    /** What became of the vote with this ticket. */
    async fateOf(
      { personId, pass }: PageVoter,
      { ticket, heldKey }: SentTicket,
    ): Promise<InboxFate | undefined> {
      const id = readTicket(deps.key, pass, ticket, heldKey);
      const identity = id === undefined ? undefined : await deps.people.reachedAs(personId);
      return id === undefined || !identity
        ? undefined
        : deps.inboxFates.fateOf(identity.direct, messageIdOf(id));
    },
  };
}

async function heldVotes(
  deps: VotePageDeps,
  poll: Poll,
  { personId, pass, entries }: Pick<PageVoter, 'personId' | 'pass' | 'entries'>,
): Promise<readonly HeldVote[]> {
  const own = new Set(entries.map(({ voterId }) => voterId));
  const held = await heldBy(deps, poll, personId);
  return Promise.all(
    held.map(async ({ delegation, voter }) => {
      const ballot = await deps.polls.ballotOf(poll.id, voter.voterId);
      return {
        key: heldKeyOf(deps.key, pass, delegation.id),
        voter,
        ...definedFields({ ballot }),
        isCastByHolder: ballot?.path === 'proxy' && own.has(ballot.enteredById ?? ''),
        say: sayFor(poll, voter),
        decline: sayDecline(poll, voter),
      };
    }),
  );
}

function messageIdOf(ticketId: string): string {
  return `page:${ticketId}`;
}
