import type { AuditEntry } from '#core/audit';
import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision, Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import { householdIdOfResident, type Household, type Resident } from '#core/roster';
import type { Verification } from '#core/verification';
import { roomLabel } from '#language/room-address';
import { rosterChatTexts } from '#texts/roster-chat-texts';
import { rosterTexts } from '#texts/roster-texts';
import { systemTexts } from '#texts/system-texts';
import { linkedResident, unlinkedResident } from './link-resident.ts';
import { closedVotes, openVotes } from './open-votes.ts';
import type { RosterDeps } from './roster-deps.ts';

export interface DecideVerification {
  readonly verificationId: string;
  /** The resident they are; absent: they are nobody of the roster, and `reason` says what to do. */
  readonly residentId?: string | undefined;
  readonly reason?: string | undefined;
}

/** The secretary has looked who somebody is: linked to a resident, or refused with a sentence that they get. */
export function createDecideVerification(deps: RosterDeps) {
  return async (actor: Actor, input: DecideVerification): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '核对' }));
    const verification = await waitingHere(deps, actor, input.verificationId);
    const decided = { ...verification, decidedById: actor.person.id, decidedAt: actor.now };
    if (input.residentId === undefined) return refuse(deps, actor, decided, input.reason ?? '');
    const link = await linking(deps, actor, input.residentId, verification.personId);
    const saved = deps.verifications.save(
      { ...decided, state: 'linked', residentId: input.residentId },
      verification.revision,
    );
    return { ...link, writes: [...link.writes, saved] };
  };
}

async function waitingHere(deps: RosterDeps, actor: Actor, id: string): Promise<Verification> {
  const found = await deps.verifications.byId(id);
  if (found?.placeId !== actor.place.id)
    throw new UserError('number.unknown', rosterTexts.verificationUnknown());
  if (found.state !== 'waiting') throw new UserError('roster.decided', rosterTexts.verificationDecided());
  return found;
}

async function refuse(
  deps: RosterDeps,
  actor: Actor,
  verification: Verification,
  reason: string,
): Promise<Decision> {
  if (reason.trim() === '') throw new UserError('roster.reasonMissing', rosterTexts.reasonMissing());
  const text = rosterChatTexts.refused({ reason: reason.trim(), contact: actor.place.dutyContact });
  return {
    writes: [deps.verifications.save({ ...verification, state: 'refused', reason }, verification.revision)],
    dispatches: await told(deps, actor, verification.personId, text),
    audit: [audit(actor, 'roster.refused', verification.personId, {})],
    guarded: true,
    summary: rosterTexts.refusedSummary({ name: verification.spokenName }),
  };
}

export interface LinkResident {
  readonly residentId: string;
  readonly personId: string;
}

/** The secretary knows who somebody is without being asked. */
export function createLinkResident(deps: RosterDeps) {
  return async (actor: Actor, { residentId, personId }: LinkResident): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '核对' }));
    return linking(deps, actor, residentId, personId);
  };
}

/** Takes a link back; what was voted meanwhile stands, for it was counted for the household. */
export function createUnlinkResident(deps: RosterDeps) {
  return async (actor: Actor, { residentId, personId }: LinkResident): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '核对' }));
    const { household, resident } = await residentHere(deps, actor, residentId);
    if (!resident.personIds.includes(personId))
      throw new UserError('roster.notLinked', rosterTexts.notLinked());
    const label = roomLabel(household);
    return {
      writes: [
        deps.roster.save(unlinkedResident(household, residentId, personId)),
        ...(await closedVotes(deps, household.placeId, [{ household, residentId, personId }])),
      ],
      dispatches: await told(
        deps,
        actor,
        personId,
        rosterChatTexts.unlinked({ label, contact: actor.place.dutyContact }),
      ),
      audit: [audit(actor, 'roster.unlinked', personId, { household: household.id })],
      guarded: true,
      summary: rosterTexts.unlinkedSummary({ label, name: resident.name }),
    };
  };
}

async function linking(
  deps: RosterDeps,
  actor: Actor,
  residentId: string,
  personId: string,
): Promise<Decision> {
  const [{ household, resident }, person] = await Promise.all([
    residentHere(deps, actor, residentId),
    personHere(deps, actor, personId),
  ]);
  const label = roomLabel(household);
  return {
    writes: [
      deps.roster.save(linkedResident(household, residentId, person.id)),
      ...(await openVotes(deps, { household, residentId, personId })),
    ],
    dispatches: await told(deps, actor, person.id, rosterChatTexts.linked({ label })),
    audit: [audit(actor, 'roster.linked', person.id, { household: household.id })],
    guarded: true,
    summary: rosterTexts.linkedSummary({ label, name: resident.name }),
  };
}

interface ResidentHere {
  readonly household: Household;
  readonly resident: Resident;
}

async function residentHere(deps: RosterDeps, actor: Actor, residentId: string): Promise<ResidentHere> {
  const [household] = await deps.roster.byIds([householdIdOfResident(residentId)]);
  const resident = household?.residents.find(({ id }) => id === residentId);
  if (!resident || household?.placeId !== actor.place.id)
    throw new UserError('number.unknown', rosterTexts.residentUnknown());
  return { household, resident };
}

async function personHere(deps: RosterDeps, actor: Actor, personId: string) {
  const person = (await deps.people.byIds([personId])).get(personId);
  const reach = await deps.places.subtreeIds(actor.place.id);
  if (!person || !reach.includes(person.homePlaceId))
    throw new UserError('number.unknown', rosterTexts.personUnknown());
  return person;
}

/** One-to-one where that can be; else nobody is told in a group who lives where. */
async function told(deps: RosterDeps, actor: Actor, personId: string, text: string): Promise<Dispatch[]> {
  const to = (await deps.people.directOf([personId])).get(personId);
  return to ? [{ key: `roster:${actor.requestId}`, to, body: { text } }] : [];
}

function audit(
  { place, person, now }: Actor,
  action: string,
  subjectId: string,
  facts: NonNullable<AuditEntry['facts']>,
): AuditEntry {
  return { placeId: place.id, action, actorId: person.id, subjectId, at: now, facts };
}
