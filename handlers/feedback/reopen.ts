import type { Actor } from '#core/command';
import type { Concern } from '#core/concern';
import type { Decision, Dispatch } from '#core/decision';
import type { Group, Person, Place, Role } from '#core/people';
import { formatDay } from '#language/dates';
import { toGroups } from '#procedure/broadcast';
import { atHour } from '#procedure/local-time';
import { feedbackTexts } from '#texts/feedback-texts';
import type { Staff } from '#texts/words';
import type { FeedbackDeps } from './deps.ts';

const ANSWER_HOUR = 18;

export interface Reopened {
  readonly decision: Decision;
  readonly isEscalated: boolean;
  /** Who answers this time. */
  readonly staff: Staff;
  readonly answerBy: string;
}

/**
 * Opens an answered concern again, the first time for the community, the second time for the level above it. Guarded
 * by the revision: two who are not satisfied at the same moment open it once.
 */
export async function reopen(deps: FeedbackDeps, actor: Actor, root: Concern): Promise<Reopened> {
  const { place, now } = actor;
  const isEscalated = root.reopenings > 0;
  const above = isEscalated ? await levelAbove(deps, place) : undefined;
  const staff = above?.staff ?? place.dutyContact;
  const answerDueAt = atHour(now, place.timeZone, place.rules.answerWithinDays, ANSWER_HOUR);
  const answerBy = formatDay(answerDueAt, now, place.timeZone);
  const fields = { state: 'reopened', reopenings: root.reopenings + 1, answerDueAt } as const;
  const text = staffText(root, { isEscalated, staff, answerBy });
  const groups = [...(await deps.groups.inPlace(place.id, 'secretaries')), ...(above?.groups ?? [])];
  return {
    decision: {
      writes: [
        deps.concerns.update(root.id, isEscalated ? { ...fields, escalatedAt: now } : fields, root.revision),
      ],
      dispatches: tellStaff(root, groups, text),
      audit: [
        {
          placeId: root.placeId,
          action: isEscalated ? 'concern.escalated' : 'concern.reopened',
          actorId: actor.person.id,
          subjectId: root.id,
          at: now,
          facts: { number: root.number ?? 0, reopenings: fields.reopenings },
        },
      ],
      guarded: true,
    },
    isEscalated,
    staff,
    answerBy,
  };
}

function tellStaff(root: Concern, groups: readonly Group[], text: string): Dispatch[] {
  const subjectId = `${root.id}:reopened:${root.reopenings + 1}`;
  return toGroups(groups, `concern-${subjectId}`, { text }, { subjectId });
}

function staffText(
  { number = 0, title }: Concern,
  { isEscalated, staff, answerBy }: { isEscalated: boolean; staff: Staff; answerBy: string },
): string {
  return isEscalated
    ? feedbackTexts.escalated({ number, title, to: staff, answerBy })
    : feedbackTexts.reopened({ number, title, answerBy });
}

/** The nearest level above the place that has a secretary or an admin, and its secretaries' groups. */
async function levelAbove(
  deps: FeedbackDeps,
  place: Place,
): Promise<{ staff: Staff; groups: readonly Group[] } | undefined> {
  const officers = await deps.people.withOfficeIn(place.id);
  for (const placeId of [...place.ancestorIds].reverse()) {
    const officer = holderOf(officers, placeId, 'secretary') ?? holderOf(officers, placeId, 'admin');
    const above = await deps.places.byId(placeId);
    if (!above) continue;
    const groups = await deps.groups.inPlace(placeId, 'secretaries');
    if (officer) return { staff: { unit: unitOf(officer, above), name: officer.name }, groups };
    if (groups.length > 0) return { staff: above.dutyContact, groups };
  }
  return undefined;
}

function holderOf(officers: readonly Person[], placeId: string, role: Role): Person | undefined {
  return officers.find(({ offices }) =>
    offices.some((office) => office.placeId === placeId && office.role === role),
  );
}

function unitOf(person: Person, place: Place): string {
  return person.offices.find((office) => office.placeId === place.id && office.unit)?.unit ?? place.name;
}
