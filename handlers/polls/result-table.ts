import type { PeopleStore } from '#core/people';
import type { CountedBallot, Poll, PollResult, PollStore } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Sheet } from '#core/table';
import { inFours, openingCode } from '#src/proof/short-code';
import { countedPoll } from '#texts/counted-poll';
import { choiceWords } from '#texts/method-words';
import { areaWords, checkLines, pictureVerdict } from '#texts/result-texts';
import { PATH_WORDS, RESULT_TABLE as words } from '#texts/roll-texts';
import { struckWords } from '#texts/verification-words';
import { ruleLines } from '#texts/rule-words';

interface ResultTableDeps {
  readonly polls: Pick<PollStore, 'ballotsInTime' | 'rollOf'>;
  readonly people: Pick<PeopleStore, 'byIds'>;
}

/**
 * A counted poll as sheets for the archive of an office: the result with its rules, and who on the roll has voted; what
 * they chose only where the poll's rules show it. Undefined before it was counted. Who may have it is for the caller.
 */
export function createResultTable({ polls, people }: ResultTableDeps) {
  return async (poll: Poll): Promise<readonly Sheet[] | undefined> => {
    if (!poll.result) return undefined;
    const roll = await polls.rollOf(poll.id);
    const cast = new Map<string, CountedBallot>();
    for await (const ballot of polls.ballotsInTime(poll)) cast.set(ballot.voterId, ballot);
    const nameless = roll.filter(({ label }) => label === undefined).flatMap(({ personIds }) => personIds);
    const names = new Map([...(await people.byIds(nameless))].map(([id, { name }]) => [id, name]));
    return [resultSheet(poll, poll.result), votersSheet(poll, roll, cast, names)];
  };
}

function resultSheet(poll: Poll, result: PollResult): Sheet {
  const counted = countedPoll(poll, result);
  return {
    name: words.result,
    widths: [16, 60],
    rows: [
      [words.topic, `议题#${poll.topicNumber} ${poll.title}`],
      [words.verdict, pictureVerdict(counted)],
      [words.voted, `${result.voters}/${result.rollSize}${poll.unit}`],
      ...checkLines(counted).map((line) => [words.check, line]),
      ...counted.options.map(({ label, words: figure, side }) => [label, `${figure}　${side}`]),
      ...ruleLines(poll).map(([about, said]) => [about, said]),
      ...(poll.strikes === undefined ? [] : [[words.joined, struckWords(poll.strikes.length)]]),
      ...(poll.closedEarlyReason === undefined ? [] : [[words.early, poll.closedEarlyReason]]),
      ...(poll.annulledReason === undefined ? [] : [[words.annulled, poll.annulledReason]]),
      [words.opening, openingCode(poll.fingerprint)],
      [words.code, inFours(result.seal?.code ?? '')],
    ],
  };
}

function votersSheet(
  poll: Poll,
  roll: readonly RollEntry[],
  cast: ReadonlyMap<string, CountedBallot>,
  names: ReadonlyMap<string, string>,
): Sheet {
  const isNamed = poll.rules.showsNames === true;
  const row = ({ voterId, label, personIds, areaCents }: RollEntry) => {
    const ballot = cast.get(voterId);
    return [
      label ?? names.get(personIds[0] ?? '') ?? '',
      areaCents === undefined ? '' : areaWords(areaCents),
      ballot ? PATH_WORDS[ballot.path] : words.absent,
      ...(isNamed ? [ballot ? choiceWords(poll, ballot.choice) : ''] : []),
    ];
  };
  return {
    name: words.voters,
    widths: [24, 12, 14, ...(isNamed ? [24] : [])],
    rows: [[words.voter, words.area, words.how, ...(isNamed ? [words.choice] : [])], ...roll.map(row)],
  };
}
