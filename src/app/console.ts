import type { Assignment } from '#core/outcome';
import type { Poll } from '#core/poll';
import { workingCalendarOf } from '#language/working-calendar';
import { lightOf } from '#procedure/lights';
import { standingWords } from '#texts/light-words';
import { verdictWords } from '#texts/poll-texts';
import { deliveryCause } from '#texts/words';
import { VOTING_UNIT } from '#procedure/rules';

import type { LightOf } from '../http/console/assignment-views.ts';
import type { ExplainFailure } from '../http/console/delivery-views.ts';
import type { VerdictWords } from '../http/console/consultation-views.ts';
import type { Stores } from './stores.ts';

/** The light of an assignment by the rules and the working days of its place. */
export function createLightOf(places: Stores['places']): LightOf {
  return async (assignment: Assignment, now: Date) => {
    const place = await places.byId(assignment.placeId);
    if (!place) throw new Error('an assignment without a place');
    const calendar = workingCalendarOf(place.timeZone);
    const reading = lightOf(assignment, now, place.rules.yellowWithinWorkingDays, calendar);
    return { light: reading.light, reason: standingWords(reading.reason, assignment.state) };
  };
}

export const explainFailure: ExplainFailure = (reason) => deliveryCause(reason);

export const pollVerdict: VerdictWords = ({ result, options, quorum }: Poll) =>
  verdictWords({
    roll: result?.rollSize ?? 0,
    voted: result?.voters ?? 0,
    quorum,
    unit: VOTING_UNIT,
    options: options.map((label, index) => ({ label, votes: result?.counts[index] ?? 0 })),
    leading: result?.leading,
  });
