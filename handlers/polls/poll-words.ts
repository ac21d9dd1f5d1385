import type { OutboundBody } from '#core/channel';
import { DAY_MS } from '#core/clock';
import type { Place } from '#core/people';
import type { PollOpeningPicture, PollResultPicture } from '#core/picture';
import type { Poll, PollResult } from '#core/poll';
import { formatDay, formatMoment } from '#language/dates';
import { POLL_DEFAULTS } from '#procedure/rules';
import { inFours, openingCode } from '#src/proof/short-code';
import { resultCard } from '#texts/announcement-cards';
import { pollCard } from '#texts/poll-cards';
import { NEXT_STEP_WHEN_SHORT } from '#texts/poll-defaults';
import { countedPoll } from '#texts/counted-poll';
import { FINGERPRINT_TO_COME, openedText } from '#texts/poll-texts';
import { checkLines, pictureVerdict, resultTexts, type CountedPoll } from '#texts/result-texts';

/** When a poll ends, as its readers say it. */
export function closesWords(poll: Pick<Poll, 'closesAt'>, now: Date, place: Pick<Place, 'timeZone'>): string {
  return formatMoment(poll.closesAt, now, place.timeZone);
}

/** Where anybody checks a poll once it was counted. */
export function verifyPath({ fingerprint }: Pick<Poll, 'fingerprint'>): string {
  return `/verify/${fingerprint.slice(0, 16)}`;
}

type Opening = Pick<
  Poll,
  'topicNumber' | 'title' | 'options' | 'method' | 'rules' | 'electorate' | 'closesAt'
> &
  Partial<Pick<Poll, 'fingerprint'>>;

/** What the groups get when a poll opens; in a preview without its fingerprint. A secret choice is not offered at a press that the group would see. */
export function openingBody(poll: Opening, now: Date, place: Place, link?: string): OutboundBody {
  const { topicNumber, title, electorate } = poll;
  const data = { topicNumber, title, poll, electorate, closes: closesWords(poll, now, place) };
  const { secrecy, showsNames } = poll.rules;
  const fingerprint = poll.fingerprint === undefined ? FINGERPRINT_TO_COME : openingCode(poll.fingerprint);
  const text = openedText({ ...data, secrecy, showsNames, fingerprint, link });
  return {
    text,
    ...(secrecy !== 'secret' && { card: pollCard(data) }),
    ...(link !== undefined && { picture: openingPicture(data, place, link) }),
  };
}

function openingPicture(
  {
    topicNumber,
    title,
    electorate,
    closes,
  }: Pick<Poll, 'topicNumber' | 'title' | 'electorate'> & { closes: string },
  place: Pick<Place, 'name'>,
  url: string,
): PollOpeningPicture {
  return { kind: 'pollOpening', placeName: place.name, topicNumber, title, electorate, closes, url };
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
    checks: poll.rules.article278 || poll.rules.threshold !== 'plurality' ? checkLines(counted) : [],
    options: counted.options.map(({ label, value, full, words, side }) => ({
      label,
      votes: value,
      full,
      words,
      side,
    })),
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
      text: poll.rules.article278 ? resultTexts.resultByArea(data) : resultTexts.result(data),
      card: resultCard(data),
      picture: resultPicture(poll, counted, result, place),
    },
    forSecretaries: { text: resultTexts.closedSummary({ ...data, groups: poll.groupIds.length }) },
  };
}
