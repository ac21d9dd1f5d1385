import { HOUR_MS } from '#core/clock';
import type { Concern } from '#core/concern';
import { type Decision, NOTHING } from '#core/decision';
import type { MeetingStore } from '#core/meeting';
import type { AssignmentStore, OutcomeStore } from '#core/outcome';
import type { GroupStore, Place, PlaceStore } from '#core/people';
import type { PollStore } from '#core/poll';
import type { ScheduleHandler } from '#core/schedule';
import { formatDay, formatTime } from '#language/dates';
import { isWorkingDay } from '#language/working-days';
import { toGroups } from '#procedure/broadcast';
import { localDayOf } from '#procedure/lights';
import { atHour } from '#procedure/local-time';
import { type DigestPart, digestTexts, type MorningDigest } from '#texts/digest-texts';

export interface DigestDeps {
  readonly places: Pick<PlaceStore, 'byId'>;
  readonly groups: Pick<GroupStore, 'inPlace'>;
  readonly assignments: Pick<AssignmentStore, 'list'>;
  readonly polls: Pick<PollStore, 'list'>;
  readonly meetings: Pick<MeetingStore, 'list'>;
  readonly outcomes: Pick<OutcomeStore, 'list'>;
  /** The figures of 待办. */
  readonly waiting: (
    placeId: string,
    now: Date,
    most: number,
  ) => Promise<{ readonly first: readonly Concern[] }>;
  /** 事事有回音: promised answers that are late, oldest promise first. */
  readonly echo: (
    placeIds: readonly string[],
    asOf: Date,
  ) => Promise<{ readonly silent: readonly Concern[] }>;
}

/** More than this nobody reads in the morning; the console shows them. */
const MOST = 100;
/** A digest that has not gone out by then is of no use any more. */
const OF_USE_MS = 4 * HOUR_MS;

interface Day {
  readonly place: Place;
  readonly now: Date;
  /** Midnight at its end. */
  readonly endsAt: Date;
}

/**
 * 【今天】 for the secretaries' groups of a place: which promised answers are late, what is due today, which assignments
 * are late, what happens today. Says nothing on days off and nothing when there is nothing.
 */
export function createMorningDigest(deps: DigestDeps): ScheduleHandler {
  return async ({ placeId = '' }, now): Promise<Decision> => {
    const place = await deps.places.byId(placeId);
    if (!place) return { ...NOTHING, event: 'digest.noPlace' };
    if (!isWorkingDay(now, place.timeZone)) return { ...NOTHING, event: 'digest.dayOff' };
    const day: Day = { place, now, endsAt: atHour(now, place.timeZone, 1, 0) };
    const [concerns, assignments, events] = await Promise.all([
      concernsOf(deps, day),
      assignmentsOf(deps, day),
      eventsOf(deps, day),
    ]);
    const digest = { day: formatDay(now, now, place.timeZone), concerns, assignments, events };
    if (isEmpty(digest)) return { ...NOTHING, event: 'digest.empty' };
    const groups = await deps.groups.inPlace(place.id, 'secretaries');
    const key = `digest:${place.id}:${localDayOf(now, place.timeZone)}`;
    const options = { subjectId: `digest:${place.id}`, expiresAt: new Date(now.getTime() + OF_USE_MS) };
    const dispatches = toGroups(groups, key, { text: digestTexts.morning(digest) }, options);
    return { writes: [], dispatches, guarded: true, event: 'digest.sent' };
  };
}

async function concernsOf(deps: DigestDeps, { place, now, endsAt }: Day): Promise<DigestPart> {
  const [{ silent }, { first }] = await Promise.all([
    deps.echo([place.id], now),
    deps.waiting(place.id, now, MOST),
  ]);
  const today = first.filter(({ answerDueAt }) => answerDueAt >= now && answerDueAt < endsAt);
  return { late: namesOf(silent), today: namesOf(today) };
}

/** Oldest promise first; many are promised for the same hour, then by number. */
function namesOf(concerns: readonly Concern[]): string[] {
  return concerns
    .toSorted(
      (one, other) =>
        one.answerDueAt.getTime() - other.answerDueAt.getTime() || (one.number ?? 0) - (other.number ?? 0),
    )
    .map(({ number = 0 }) => `#${number}`);
}

async function assignmentsOf(deps: DigestDeps, { place, now, endsAt }: Day): Promise<DigestPart> {
  const states = ['open', 'returned'] as const;
  const { items } = await deps.assignments.list({ placeIds: [place.id], states, limit: MOST });
  const named = (some: typeof items) => some.map(({ number }) => `T${number}`);
  return {
    late: named(items.filter(({ dueAt }) => dueAt < now)),
    // Due at midnight is due on the day before it.
    today: named(items.filter(({ dueAt }) => dueAt >= now && dueAt <= endsAt)),
  };
}

/** What happens today by the clock, in its order. */
async function eventsOf(deps: DigestDeps, { place, now, endsAt }: Day): Promise<readonly string[]> {
  const query = { placeIds: [place.id], limit: MOST };
  const [polls, meetings, outcomes] = await Promise.all([
    deps.polls.list({ ...query, states: ['open'] }),
    deps.meetings.list({ ...query, states: ['called'] }),
    deps.outcomes.list({ ...query, states: ['publicity'] }),
  ]);
  const dated = [
    ...polls.items.map(({ closesAt: at, topicNumber }) => ({ at, what: `议题#${topicNumber}截止` })),
    ...meetings.items.map(({ startsAt: at, number }) => ({ at, what: `协商会#${number}` })),
    ...outcomes.map(({ publicUntil: at, topicNumber }) => ({ at, what: `议题#${topicNumber}公示到期` })),
  ];
  return dated
    .filter(({ at }) => at >= now && at < endsAt)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, what }) => `${formatTime(at, place.timeZone)}${what}`);
}

function isEmpty({ concerns, assignments, events }: MorningDigest): boolean {
  return [concerns.late, concerns.today, assignments.late, assignments.today, events].flat().length === 0;
}
