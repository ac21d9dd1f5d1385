import type { Card } from '#core/card';
import type { OutboundBody } from '#core/channel';
import { DAY_MS } from '#core/clock';
import { definedFields } from '#core/decision';
import type { Place } from '#core/people';
import type { PollResultPicture } from '#core/picture';
import type { Poll, PollResult } from '#core/poll';
import { formatDay, formatMoment } from '#language/dates';
import { POLL_DEFAULTS } from '#procedure/rules';
import { inFours } from '#src/proof/short-code';
import { resultCard } from '#texts/announcement-cards';
import { pollCard } from '#texts/poll-cards';
import { NEXT_STEP_WHEN_SHORT } from '#texts/poll-defaults';
import { pictureVerdict, pollTexts, type CountedPoll } from '#texts/poll-texts';

/** When a poll ends, as its readers say it. */
export function closesWords(poll: Pick<Poll, 'closesAt'>, now: Date, place: Pick<Place, 'timeZone'>): string {
  return formatMoment(poll.closesAt, now, place.timeZone);
}

/** Where anybody checks a poll once it was counted. */
export function verifyPath({ fingerprint }: Pick<Poll, 'fingerprint'>): string {
  return `/verify/${fingerprint.slice(0, 16)}`;
}

type Opening = Pick<Poll, 'topicNumber' | 'title' | 'options' | 'electorate' | 'closesAt'>;

/** What the groups get when a poll opens. */
export function openingBody(poll: Opening, now: Date, place: Place): OutboundBody {
  const { topicNumber, title, options, electorate } = poll;
  const data = { topicNumber, title, options, electorate, closes: closesWords(poll, now, place) };
  const card: Card = pollCard(data);
  return { text: pollTexts.opened(data), card };
}

function countedPoll(poll: Poll, result: PollResult): CountedPoll {
  return {
    roll: result.rollSize,
    voted: result.voters,
    quorum: poll.quorum,
    unit: poll.unit,
    options: poll.options.map((label, option) => ({ label, votes: result.counts[option] ?? 0 })),
    ...definedFields({ leading: result.leading }),
  };
}

function resultPicture(
  poll: Poll,
  counted: CountedPoll,
  result: PollResult,
  place: Place,
): PollResultPicture {
  const { roll, voted, quorum, unit } = counted;
  return {
    kind: 'pollResult',
    placeName: place.name,
    topicNumber: poll.topicNumber,
    title: poll.title,
    verdict: pictureVerdict(counted),
    valid: result.quorumMet,
    turnout: { voted, roll, quorum, unit },
    options: counted.options,
    closedAt: formatMoment(poll.closesAt, result.countedAt, place.timeZone),
    verificationCode: inFours(result.seal?.code ?? ''),
  };
}

/** What the groups and the secretaries get when a poll was counted. */
export function resultBodies(
  poll: Poll,
  result: PollResult,
  place: Place,
): { readonly forGroups: OutboundBody; readonly forSecretaries: OutboundBody } {
  const counted = countedPoll(poll, result);
  const answerBy = new Date(poll.closesAt.getTime() + POLL_DEFAULTS.answerWithinDays * DAY_MS);
  const next = result.quorumMet
    ? { nextStep: poll.nextStep, answerBy: formatDay(answerBy, result.countedAt, place.timeZone) }
    : { nextStep: NEXT_STEP_WHEN_SHORT };
  const data = { ...counted, topicNumber: poll.topicNumber, title: poll.title, ...next };
  return {
    forGroups: {
      text: pollTexts.result(data),
      card: resultCard(data),
      picture: resultPicture(poll, counted, result, place),
    },
    forSecretaries: { text: pollTexts.closedSummary({ ...data, groups: poll.groupIds.length }) },
  };
}
