import { DAY_MS } from '#core/clock';
import { replyPrivately, type MessageContext } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import { householdIdOf, type Household, type Resident } from '#core/roster';
import { verificationId, type Verification } from '#core/verification';
import { rosterChatTexts } from '#texts/roster-chat-texts';
import { openVotes } from './open-votes.ts';
import type { Introduction } from './read-introduction.ts';
import type { RosterDeps } from './roster-deps.ts';

const MOST_TRIES_A_DAY = 5;

/**
 * Somebody says who they are, one-to-one. Room, name and phone tail that fit the roster make them that resident at once,
 * unless somebody else is already; anything else waits for the secretary. Nobody learns from the answer whether such
 * a resident is on the roster.
 */
export function createIntroduce(deps: RosterDeps) {
  return async (context: MessageContext, said: Introduction): Promise<Decision> => {
    if (context.group) return replyPrivately(context, rosterChatTexts.askPrivately(), 'roster.notHere', HERE);
    const id = verificationId(context.place.id, context.person.id);
    const [before, [household]] = await Promise.all([
      deps.verifications.byId(id),
      deps.roster.byIds([householdIdOf(context.place.id, said.address)]),
    ]);
    const tried = recentTries(before, context.now);
    const resident = household?.residents.find(({ name }) => name === said.name);
    if (household && resident?.personIds.includes(context.person.id))
      return answer(context, rosterChatTexts.alreadyKnown(), 'roster.alreadyKnown');
    if (tried.length >= MOST_TRIES_A_DAY)
      return answer(
        context,
        rosterChatTexts.tooManyTries({ contact: context.place.dutyContact }),
        'roster.tooManyTries',
      );
    const verification = verificationOf(context, said, tried);
    return household && resident && fits(resident, said)
      ? linkedAtOnce(deps, context, { verification, before, household, resident })
      : waits(deps, context, verification, before);
  };
}

const HERE = rosterChatTexts.askPrivatelyHere();

function recentTries(before: Verification | undefined, now: Date): readonly Date[] {
  return before?.triedAt.filter((at) => now.getTime() - at.getTime() < DAY_MS) ?? [];
}

/** All three must be the same, and nobody else may be this resident already. */
function fits(resident: Resident, { phoneTail }: Introduction): boolean {
  return phoneTail !== undefined && resident.phoneTail === phoneTail && resident.personIds.length === 0;
}

function verificationOf(context: MessageContext, said: Introduction, tried: readonly Date[]): Verification {
  const { person, place, spokenName, now } = context;
  return {
    id: verificationId(place.id, person.id),
    placeId: place.id,
    personId: person.id,
    spokenName,
    address: said.address,
    name: said.name,
    ...definedFields({ phoneTail: said.phoneTail }),
    saidAt: now,
    triedAt: [...tried, now],
    state: 'waiting',
    revision: 1,
  };
}

interface Fitting {
  readonly verification: Verification;
  readonly before: Verification | undefined;
  readonly household: Household;
  readonly resident: Resident;
}

async function linkedAtOnce(
  deps: RosterDeps,
  context: MessageContext,
  { verification, before, household, resident }: Fitting,
): Promise<Decision> {
  const { roster, verifications } = deps;
  const recognition = { household, residentId: resident.id, personId: context.person.id };
  const linked = {
    ...verification,
    state: 'linked' as const,
    residentId: resident.id,
    decidedAt: context.now,
  };
  return {
    ...answer(context, rosterChatTexts.known(), 'roster.linkedAtOnce'),
    writes: [
      ...roster.recognise(household, resident, context.person.id),
      verifications.save(linked, before?.revision ?? 0),
      ...(await openVotes(deps, recognition)),
    ],
    audit: [
      {
        placeId: household.placeId,
        action: 'roster.linkedAtOnce',
        actorId: context.person.id,
        subjectId: context.person.id,
        at: context.now,
        facts: { household: household.id },
      },
    ],
    guarded: true,
  };
}

function waits(
  { verifications }: RosterDeps,
  context: MessageContext,
  verification: Verification,
  before: Verification | undefined,
): Decision {
  return {
    ...answer(context, rosterChatTexts.waits({ contact: context.place.dutyContact }), 'roster.waits'),
    writes: [verifications.save(verification, before?.revision ?? 0)],
    guarded: true,
  };
}

function answer(context: MessageContext, text: string, event: string): Decision {
  return replyPrivately(context, text, event);
}
