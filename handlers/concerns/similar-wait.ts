import type { Concern } from '#core/concern';
import type { DeadlineHandler } from '#core/deadline';
import { NOTHING } from '#core/decision';
import { concernTexts } from '#texts/concern-texts';
import type { ConcernDeps } from './deps.ts';
import { promisedDay, registeredFields } from './register.ts';

/** The author kept silent: the similar concern is registered on its own, and they are told its number. */
export function createSimilarWaitDeadline(deps: Pick<ConcernDeps, 'concerns' | 'places'>): DeadlineHandler {
  return async (deadline, now, takeNumber) => {
    const waiting = await deps.concerns.byId(deadline.subjectId);
    const place = await deps.places.byId(deadline.placeId);
    if (!place || waiting?.state !== 'waiting' || waiting.placeId !== place.id) return NOTHING;
    const number = await takeNumber('concern');
    const fields = registeredFields(place, number, now);
    const answerBy = promisedDay(place, { ...waiting, ...fields }, now);
    return {
      writes: [deps.concerns.update(waiting.id, fields, waiting.revision)],
      dispatches: [
        {
          key: `concern-registered:${waiting.id}`,
          to: waiting.raisedIn,
          body: { text: registeredText(waiting, { number, title: waiting.title, answerBy }) },
        },
      ],
      guarded: true,
      event: 'concern.registered',
    };
  };
}

function registeredText(
  concern: Concern,
  data: { readonly number: number; readonly title: string; readonly answerBy: string },
): string {
  return concern.groupId === undefined
    ? concernTexts.registered.private(data)
    : concernTexts.registered(data);
}
