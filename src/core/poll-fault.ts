/** The parts of a poll's export, as they are named to people. */
export type FaultPart =
  'question' | 'rules' | 'roll' | 'opening' | 'end' | 'ballots' | 'choices' | 'events' | 'result' | 'seal';

/**
 * What is wrong with a part. For rows: `altered` does not fit its own hash; `repeated`, `unordered`; `stranger` is not
 * on the roll; `impossible` is no choice of this poll; `late` came after the end, `early` before the opening; `unrecorded` has no event; `outdated`
 * is not the vote that stands by the events; `missing` stands by the events and is not there; `broken` does not follow
 * the link before; `unauthorised` was cast by somebody who could not speak for that voter by the rules; `struck` is of a voter who is one with another. For a whole part: `changed` is not what was sealed; `count` has more or fewer rows; `miscounted`
 * is another figure than the ballots give; of the end `late` is later than was said at the opening, `early` earlier without a reason; `misjudged` does not follow from the counts by the rules; `otherCode` is not the code that was published.
 */
export type FaultKind =
  | 'altered'
  | 'repeated'
  | 'unordered'
  | 'stranger'
  | 'impossible'
  | 'late'
  | 'early'
  | 'unrecorded'
  | 'outdated'
  | 'missing'
  | 'broken'
  | 'unauthorised'
  | 'struck'
  | 'changed'
  | 'count'
  | 'miscounted'
  | 'misjudged'
  | 'otherCode';

export interface PollFault {
  readonly part: FaultPart;
  readonly kind: FaultKind;
  /** Number of the row in the file, from 1. */
  readonly row?: number;
  /** Receipt of the ballot, pseudonym of the voter, or the part of the verdict. */
  readonly name?: string;
  readonly found?: string | number;
  readonly expected?: string | number;
}
