import type { Place } from '#core/people';
import type { Outcome } from '#core/outcome';
import { formatDay, formatMoment, formatRange } from '#language/dates';
import { outcomeTexts } from '#texts/outcome-texts';

/** The publicity message for the groups. */
export function outcomeText(
  { place, now }: { readonly place: Place; readonly now: Date },
  outcome: Pick<Outcome, 'topicNumber' | 'items' | 'publicFrom' | 'publicUntil'>,
): string {
  const zone = place.timeZone;
  return outcomeTexts.public({
    topicNumber: outcome.topicNumber,
    range: periodWords(outcome, now, zone),
    items: outcome.items.map(({ action, ownerName, dueAt }) => ({
      action,
      ownerName,
      due: formatRange(dueAt, dueAt, now, zone),
    })),
  });
}

/** 12月23日至27日18:00: a deadline has an hour. */
function periodWords(
  { publicFrom, publicUntil }: Pick<Outcome, 'publicFrom' | 'publicUntil'>,
  now: Date,
  zone: string,
): string {
  const hour = formatMoment(publicUntil, now, zone).slice(formatDay(publicUntil, now, zone).length);
  return `${formatRange(publicFrom, publicUntil, now, zone)}${hour}`;
}
