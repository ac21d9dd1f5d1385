import type { Assignment } from '#core/outcome';
import { workingCalendarOf } from '#language/working-calendar';
import { closenessAt, lightOf } from '#procedure/lights';
import { standingWords } from '#texts/light-words';
import { deliveryCause } from '#texts/words';

import type { LightOf } from '../http/console/assignment-views.ts';
import type { ExplainFailure } from '../http/console/delivery-views.ts';
import type { Stores } from './stores.ts';

/** The light of an assignment by the rules and the working days of its place. */
export function createLightOf(places: Stores['places']): LightOf {
  return async (assignment: Assignment, now: Date) => {
    const place = await places.byId(assignment.placeId);
    if (!place) throw new Error('an assignment without a place');
    const calendar = workingCalendarOf(place.timeZone);
    const reading = lightOf(assignment, now, place.rules.yellowWithinWorkingDays, calendar);
    if (assignment.state !== 'claimed' || !assignment.report)
      return { light: reading.light, reason: standingWords(reading.reason) };
    // What is reported waits: its state says so, and its light stands still at how late the report was.
    const late = closenessAt(
      assignment.report.at,
      assignment.dueAt,
      place.rules.yellowWithinWorkingDays,
      calendar,
    );
    return { light: reading.light, reason: late.light === 'red' ? standingWords(late.reason) : '' };
  };
}

export const explainFailure: ExplainFailure = (reason) => deliveryCause(reason);
