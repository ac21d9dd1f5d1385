import { MINUTE_MS } from '#core/clock';
import { replyPrivately, type MessageContext } from '#core/command';
import type { Decision, Write } from '#core/decision';
import type { Belongings, IdentityLink, LinkCode } from '#core/identity-link';
import type { Household } from '#core/roster';
import type { Person } from '#core/people';
import type { Poll, VoterStrike } from '#core/poll';
import { identityTexts } from '#texts/identity-texts';
import { refusedToJoin, type UnjoinedPoll } from './refuse-joining.ts';
import type { RosterDeps } from './roster-deps.ts';

const CODE_MS = 10 * MINUTE_MS;
const MOST_TRIES = 5;
const CODE_DIGITS = 6;

/** 关联: a code of six digits that another identity of the same person says within ten minutes. */
export function createIssueCode(deps: RosterDeps) {
  return async (context: MessageContext): Promise<Decision> => {
    const { person, place, now } = context;
    if (context.group) return answered(context, identityTexts.askPrivately(), 'identity.notHere');
    if (isStaff(person)) return answered(context, identityTexts.staff(), 'identity.staff');
    const before = await deps.identityLinks.codeOf(person.id);
    const code = String(Math.floor(deps.chance.fraction() * 10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    if (await deps.identityLinks.withCode(code, now))
      return answered(context, identityTexts.again(), 'identity.again');
    const issued: LinkCode = {
      id: person.id,
      placeId: place.id,
      code,
      expiresAt: new Date(now.getTime() + CODE_MS),
      triedAt: before?.triedAt ?? [],
      revision: 1,
    };
    return {
      ...answered(context, identityTexts.code({ code }), 'identity.code'),
      writes: [deps.identityLinks.saveCode(issued, before?.revision ?? 0)],
      guarded: true,
    };
  };
}

/**
 * 关联 123456 on the other channel: the two persons become one, the one whose code it was. What each raised, endorsed
 * and may vote is theirs together and counts once. Refused for staff, whose rights a code must not hand on, and where both
 * have a vote in one open poll that a code cannot make one of.
 */
export function createEnterCode(deps: RosterDeps) {
  return async (context: MessageContext, code: string): Promise<Decision> => {
    const { person, now } = context;
    if (context.group) return answered(context, identityTexts.askPrivately(), 'identity.notHere');
    const mine = await deps.identityLinks.codeOf(person.id);
    const tried = mine?.triedAt.filter((at) => now.getTime() - at.getTime() < CODE_MS) ?? [];
    if (tried.length >= MOST_TRIES)
      return answered(context, identityTexts.tooManyTries(), 'identity.tooManyTries');
    const theirs = await deps.identityLinks.withCode(code, now);
    if (!theirs) return missed(deps, context, mine, tried);
    if (theirs.id === person.id) return answered(context, identityTexts.sameIdentity(), 'identity.same');
    const other = (await deps.people.byIds([theirs.id])).get(theirs.id);
    if (!other || other.homePlaceId !== person.homePlaceId)
      return answered(context, identityTexts.elsewhere(), 'identity.elsewhere');
    if (isStaff(person) || isStaff(other)) return answered(context, identityTexts.staff(), 'identity.staff');
    return linked(deps, context, { kept: other, gone: person, code: theirs });
  };
}

function missed(
  deps: RosterDeps,
  context: MessageContext,
  mine: LinkCode | undefined,
  tried: readonly Date[],
): Decision {
  const known = mine ?? { id: context.person.id, placeId: context.place.id };
  const kept: LinkCode = { ...known, triedAt: [...tried, context.now], revision: 1 };
  return {
    ...answered(
      context,
      identityTexts.wrongCode({ left: MOST_TRIES - tried.length - 1 }),
      'identity.wrongCode',
    ),
    writes: [deps.identityLinks.saveCode(kept, mine?.revision ?? 0)],
    guarded: true,
  };
}

interface Linking {
  readonly kept: Person;
  readonly gone: Person;
  readonly code: LinkCode;
}

async function linked(
  deps: RosterDeps,
  context: MessageContext,
  { kept, gone, code }: Linking,
): Promise<Decision> {
  const { place, now, requestId } = context;
  const found = await votesOf(deps, kept.id, gone.id);
  if ('why' in found) return refusedToJoin(deps, context, { kept, gone }, found);
  const { votes, joined } = found;
  const [belongings, households] = await Promise.all([
    deps.identityLinks.belongingsOf(gone.id),
    deps.roster.ofPersons([gone.id]),
  ]);
  const own = households.filter(({ placeId }) => placeId === place.id);
  const moved: Belongings = { ...belongings, residentIds: residentsOf(own, gone.id), votes };
  const link: IdentityLink = {
    id: `identityLink:${requestId}`,
    placeId: place.id,
    keptId: kept.id,
    goneId: gone.id,
    keptName: kept.name,
    goneName: gone.name,
    at: now,
    moved,
    revision: 1,
  };
  const { code: _code, expiresAt: _expiresAt, ...used } = code;
  return {
    ...answered(context, linkedText(joined), 'identity.linked'),
    writes: [
      deps.identityLinks.saveCode(used, code.revision),
      deps.identityLinks.save(link, 0),
      deps.identityLinks.hide(gone.id, kept.id),
      ...deps.identityLinks.move(moved, gone.id, kept.id, now),
      ...own.map((household) => deps.roster.save(handedOver(household, moved.residentIds, gone.id, kept.id))),
      ...votes.map(({ pollId, voterId }): Write => deps.polls.mayCast(pollId, voterId, kept.id, true)),
      ...joined.flatMap(({ writes }) => writes),
    ],
    recountConcernIds: concernsTouched(moved),
    audit: [
      {
        placeId: place.id,
        action: 'identity.linked',
        actorId: kept.id,
        subjectId: link.id,
        at: now,
        facts: { gone: gone.id },
      },
      ...joined.map(({ poll, strike }) => ({
        placeId: poll.placeId,
        action: 'poll.votersJoined',
        actorId: kept.id,
        subjectId: poll.id,
        at: now,
        facts: { voter: strike.voterId, into: strike.intoId },
      })),
    ],
    guarded: true,
  };
}

export function concernsTouched({ concernIds, endorsements }: Belongings): string[] {
  return [...new Set([...concernIds, ...endorsements.map(({ concernId }) => concernId)])];
}

function residentsOf(households: readonly Household[], personId: string): string[] {
  return households.flatMap(({ residents }) =>
    residents.filter(({ personIds }) => personIds.includes(personId)).map(({ id }) => id),
  );
}

/** The household with one person in the place of the other, for these residents. */
export function handedOver(
  household: Household,
  residentIds: readonly string[],
  fromId: string,
  toId: string,
): Household {
  const residents = household.residents.map((resident) =>
    residentIds.includes(resident.id)
      ? {
          ...resident,
          personIds: [...new Set(resident.personIds.map((id) => (id === fromId ? toId : id)))].sort(),
        }
      : resident,
  );
  return { ...household, residents };
}

/** Two votes of one open poll that become one. */
interface JoinedVote {
  readonly poll: Poll;
  readonly strike: VoterStrike;
  readonly writes: readonly Write[];
}

interface FoundVotes {
  /** What the one who goes may vote in open polls, and the other may from now on. */
  readonly votes: readonly { readonly pollId: string; readonly voterId: string }[];
  readonly joined: readonly JoinedVote[];
}

/** What the two may vote; or the first poll in which each has a vote and a code is not enough to make one of them. */
async function votesOf(deps: RosterDeps, keptId: string, goneId: string): Promise<FoundVotes | UnjoinedPoll> {
  const found = await Promise.all(
    (await deps.polls.openFor(goneId)).map((poll) => votesIn(deps, poll, keptId, goneId)),
  );
  const unjoined = found.find((one) => 'why' in one);
  if (unjoined) return unjoined;
  const clear = found.flatMap((one) => ('why' in one ? [] : [one]));
  return { votes: clear.flatMap(({ votes }) => votes), joined: clear.flatMap(({ joined }) => joined) };
}

async function votesIn(
  deps: RosterDeps,
  poll: Poll,
  keptId: string,
  goneId: string,
): Promise<FoundVotes | UnjoinedPoll> {
  const { polls } = deps;
  const [theirs, ours] = await Promise.all([
    polls.entriesOf(poll.id, goneId),
    polls.entriesOf(poll.id, keptId),
  ]);
  const has = new Set(ours.map(({ voterId }) => voterId));
  const gained = theirs.filter(({ voterId }) => !has.has(voterId));
  const [own] = ours;
  const personal = gained.find(({ voterId }) => !voterId.startsWith('household:'));
  const votes = gained.map(({ voterId }) => ({ pollId: poll.id, voterId }));
  if (!personal || !own) return { votes, joined: [] };
  // Two residents whom the secretary verified are two people; a code does not make them one.
  const areSure = gained.length === 1 && ours.length === 1 && personal.sourceIds === undefined;
  const strike = { voterId: personal.voterId, intoId: own.voterId };
  if (!areSure) return { poll, why: 'residents' };
  const writes = await deps.joinVoters(poll, strike);
  if (writes === 'delegated' || writes === 'cast') return { poll, why: writes };
  const silenced = polls.mayCast(poll.id, personal.voterId, goneId, false);
  return { votes: [], joined: [{ poll, strike, writes: [...writes, silenced] }] };
}

function linkedText(joined: readonly JoinedVote[]): string {
  const topicNumbers = joined.map(({ poll }) => poll.topicNumber);
  return topicNumbers.length === 0 ? identityTexts.linked() : identityTexts.linkedOneVote({ topicNumbers });
}

function isStaff({ offices }: Person): boolean {
  return offices.length > 0;
}

function answered(context: MessageContext, text: string, event: string): Decision {
  const neutral = context.group ? identityTexts.askPrivatelyHere() : undefined;
  return replyPrivately(context, text, event, neutral);
}
