import type { Place } from '#core/people';
import type { Poll } from '#core/poll';
import type { Outcome } from '#core/outcome';
import { formatDay, formatMoment, formatRange } from '#language/dates';
import { outcomeTexts } from '#texts/outcome-texts';

type Shown = Pick<Outcome, 'topicNumber' | 'items' | 'publicFrom' | 'publicUntil'>;
interface Reading {
  readonly place: Place;
  readonly now: Date;
}

/** The publicity message for the groups: two items, or the first and how many there are. */
export function outcomeText(reading: Reading, outcome: Shown): string {
  return outcomeTexts.public(shownData(reading, outcome));
}

/** The whole of it, for whoever asks. */
export function wholeOutcomeText(reading: Reading, outcome: Shown): string {
  return outcomeTexts.full(shownData(reading, outcome));
}

function shownData({ place, now }: Reading, outcome: Shown) {
  const zone = place.timeZone;
  return {
    topicNumber: outcome.topicNumber,
    range: periodWords(outcome, now, zone),
    items: outcome.items.map(({ action, ownerName, dueAt }) => ({
      action,
      ownerName,
      due: formatRange(dueAt, dueAt, now, zone),
    })),
  };
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

/**
 * What the topic's poll says for an assignment: 79户赞成, or 太阳能灯排第一 where the figure of an option is not a number of
 * voters (ranking, points, scores). Undefined where no option came first.
 */
export function backingWords(poll: Pick<Poll, 'result' | 'options' | 'method' | 'unit'>): string | undefined {
  const { result, options, method, unit } = poll;
  const option = result?.leading === undefined ? undefined : options[result.leading];
  if (!result || option === undefined) return undefined;
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
    case 'several':
      return `${result.counts[result.leading ?? 0] ?? 0}${unit}${option}`;
    case 'ranking':
    case 'points':
    case 'score':
    case 'budget':
      return `${option}排第一`;
  }
}
