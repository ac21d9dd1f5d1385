import fc from 'fast-check';

import { isEntered, standsOver } from '#core/ballot-order';
import type { BallotPath, PollRules, RollCount } from '#core/poll';
import type { Choice, PollMethod } from '#core/vote-method';
import { createCounter } from '#procedure/counting';
import { judgePoll, quorumOf } from '#procedure/verdict';
import { buildExport, type ExportInput } from '#src/proof/build-export';
import type { PollExport } from '#src/proof/export-format';
import type { VoteFacts, VoterFacts } from '#src/proof/rows';
import { createSealer, openingOf, type FrozenPoll, type SealInput } from '#src/proof/seal-poll';

const OPENED_MS = Date.UTC(2026, 11, 13, 2);
const CLOSED_MS = OPENED_MS + 7 * 86_400_000;
/** It was to end a day later. */
const PLANNED_MS = CLOSED_MS + 86_400_000;
const PATHS: readonly BallotPath[] = ['group', 'direct', 'page', 'paper', 'phone', 'visit', 'proxy'];

/** One vote as it came, before anybody asked which one stands. */
interface Cast {
  readonly voter: number;
  readonly choice: Choice;
  readonly path: BallotPath;
  readonly minute: number;
}

export interface Story {
  readonly method: PollMethod;
  readonly options: number;
  readonly voters: readonly (number | undefined)[];
  readonly casts: readonly Cast[];
  /** The first voter turned out to be the second. */
  readonly isStruck?: boolean;
}

function methodsFor(options: number): fc.Arbitrary<PollMethod> {
  const kinds: PollMethod[] = [
    { kind: 'single' },
    { kind: 'several', min: 0, max: options },
    { kind: 'ranking', rule: 'borda' },
    { kind: 'ranking', rule: 'instantRunoff' },
    { kind: 'points', points: 7 },
    { kind: 'score' },
    { kind: 'budget', limit: 10, costs: Array.from({ length: options }, (_, at) => at + 3), unit: '万元' },
  ];
  return fc.constantFrom(...kinds, ...(options === 3 ? [{ kind: 'forAgainst' } as const] : []));
}

function choicesFor(method: PollMethod, options: number): fc.Arbitrary<Choice> {
  const all = Array.from({ length: options }, (_, at) => at);
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return fc.constantFrom(...all).map((option) => [option]);
    case 'several':
      return fc.subarray(all);
    case 'budget':
      return fc
        .subarray(all)
        .filter((wished) => wished.reduce((sum, at) => sum + (method.costs[at] ?? 0), 0) <= method.limit);
    case 'ranking':
      return fc.shuffledSubarray(all, { minLength: options });
    case 'points':
      return fc
        .array(fc.constantFrom(...all), { minLength: method.points, maxLength: method.points })
        .map((given) => all.map((option) => given.filter((one) => one === option).length));
    case 'score':
      return fc.array(fc.integer({ min: 1, max: 5 }), { minLength: options, maxLength: options });
  }
}

/** Any poll: some voters with areas, votes in any order, changed and entered ones among them. */
export const story: fc.Arbitrary<Story> = fc.integer({ min: 2, max: 4 }).chain((options) =>
  methodsFor(options).chain((method) =>
    fc.record({
      method: fc.constant(method),
      options: fc.constant(options),
      voters: fc.array(fc.option(fc.integer({ min: 1, max: 30_000 }), { nil: undefined }), {
        minLength: 2,
        maxLength: 7,
      }),
      isStruck: fc.boolean(),
      casts: fc.array(
        fc.record({
          voter: fc.nat(6),
          choice: choicesFor(method, options),
          path: fc.constantFrom(...PATHS),
          minute: fc.nat(10_000),
        }),
        { minLength: 2, maxLength: 10 },
      ),
    }),
  ),
);

/** The same by the real rules, by whoever builds an export. */
export function sampleInput(told: Story, form: PollExport['form']): ExportInput & SealInput {
  const voters = told.voters.map((areaCents, at): VoterFacts => ({
    voterId: `person:${at}`,
    ...(areaCents !== undefined && { areaCents }),
  }));
  const events = told.casts
    .map((cast, at): VoteFacts => ({
      voterId: `person:${cast.voter % voters.length}`,
      choice: cast.choice,
      path: cast.path,
      sentAt: new Date(OPENED_MS + cast.minute * 60_000),
      messageId: `m${at}`,
      ...(isEntered(cast.path) && { enteredById: 'liumin' }),
      ...(cast.path === 'proxy' && { enteredById: `person:${(cast.voter + 1) % voters.length}` }),
    }))
    .sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || (a.messageId < b.messageId ? -1 : 1));
  const standing = new Map<string, VoteFacts>();
  for (const event of events) {
    const before = standing.get(event.voterId);
    if (!before || standsOver(event, before)) standing.set(event.voterId, event);
  }
  if (isStruck(told)) inherit(events, standing);
  return sealedInput({ told, form, voters, events, ballots: [...standing.values()] });
}

/** Nobody votes for either: that has to end before two voters become one. */
function isStruck({ isStruck: wanted, casts, voters }: Story): boolean {
  return wanted === true && !casts.some(({ path, voter }) => path === 'proxy' && voter % voters.length < 2);
}

const STRIKE = { voterId: 'person:0', intoId: 'person:1' };

/** As the program does it: of both ballots the one that stands, with its event under the name that is left. */
function inherit(events: VoteFacts[], standing: Map<string, VoteFacts>): void {
  const [gone, kept] = [standing.get(STRIKE.voterId), standing.get(STRIKE.intoId)];
  standing.delete(STRIKE.voterId);
  if (!gone || (kept && !standsOver(gone, kept))) return;
  const inherited = { ...gone, voterId: STRIKE.intoId };
  events.splice(events.indexOf(gone) + 1, 0, inherited);
  standing.set(STRIKE.intoId, inherited);
}

function sealedInput({
  told,
  form,
  voters,
  events,
  ballots,
}: Pick<ExportInput, 'form' | 'voters' | 'events' | 'ballots'> & { told: Story }): ExportInput & SealInput {
  const rules = rulesOf(told);
  const poll: FrozenPoll = {
    id: 'poll:sample',
    place: '幸福里',
    topicNumber: 3,
    title: '3号楼加装电梯',
    options: ['赞成', '反对', '弃权', '再想想'].slice(0, told.options),
    method: told.method,
    rules: {
      ...rules,
      electorate: '3号楼业主，每户1票',
      votersNeeded: quorumOf(rules, voters.length),
      openedAt: new Date(OPENED_MS).toISOString(),
      closesAt: new Date(PLANNED_MS).toISOString(),
    },
  };
  const secret = 'a secret of this poll';
  const input: SealInput = {
    poll,
    secret,
    published: openingOf(poll, secret, voters),
    rollSize: voters.length,
    end: {
      closesAt: new Date(CLOSED_MS).toISOString(),
      closedEarlyReason: '都投完了',
      ...(isStruck(told) && { strikes: [STRIKE] }),
    },
  };
  const result = resultOf(told, voters, ballots);
  return {
    ...input,
    form,
    voters,
    ballots,
    events,
    result,
    seal: sealOf(input, { ballots, events, result }),
  };
}

/** By article 278 where every voter has an area, else with a quorum and a threshold. */
function rulesOf({ method, voters }: Story): PollRules {
  const usual: PollRules = {
    quorum: { kind: 'voters', least: 2 },
    threshold: method.kind === 'single' || method.kind === 'forAgainst' ? 'majority' : 'plurality',
    abstentions: 'count',
    secrecy: 'open',
    showsCountsWhileOpen: false,
    minCell: 0,
    ballotOrder: 'ownThenLatest',
    proxiesPerHolder: 1,
  };
  return method.kind === 'forAgainst' && voters.every((areaCents) => areaCents !== undefined)
    ? { ...usual, quorum: { kind: 'none' }, threshold: 'plurality', article278: 'major' }
    : usual;
}

/** What is published: counted and judged by the real rules. */
export function resultOf(
  told: Story,
  voters: ExportInput['voters'],
  ballots: ExportInput['ballots'],
): ExportInput['result'] & { counts: number[] } {
  const counter = createCounter(told.method, told.options);
  for (const { choice } of ballots) counter.add(choice);
  const rules = rulesOf(told);
  const poll = {
    method: told.method,
    rules,
    rollSize: voters.length,
    quorum: quorumOf(rules, voters.length),
  };
  const counted = counter.result();
  const joined = areasOf(told, voters, ballots);
  const judged = judgePoll({ ...counted, joined }, poll, new Date(CLOSED_MS + 60_000));
  return JSON.parse(JSON.stringify(judged)) as ReturnType<typeof resultOf>;
}

function areasOf(
  { options }: Story,
  voters: ExportInput['voters'],
  ballots: ExportInput['ballots'],
): RollCount {
  const areaOf = (id: string) => voters.find(({ voterId }) => voterId === id)?.areaCents ?? 0;
  const sum = (some: readonly number[]) => some.reduce((total, area) => total + area, 0);
  const voted = (some: ExportInput['ballots']) => sum(some.map(({ voterId }) => areaOf(voterId)));
  return {
    rollArea: sum(voters.map(({ areaCents = 0 }) => areaCents)),
    votedArea: voted(ballots),
    areas: Array.from({ length: options }, (_, option) =>
      voted(ballots.filter(({ choice }) => choice.includes(option))),
    ),
    households: 0,
    rollHouseholds: 0,
    byBuilding: [],
  };
}

/** What closing does. */
export function sealOf(
  input: SealInput,
  { ballots, events, result }: Pick<ExportInput, 'ballots' | 'events' | 'result'>,
) {
  const sealer = createSealer(input);
  for (const ballot of ballots) sealer.addBallot(ballot);
  for (const event of events) sealer.addEvent(event);
  return sealer.seal(result);
}

/** As it is read from a file on another computer. */
export function sampleExport(told: Story, form: PollExport['form']): PollExport {
  return JSON.parse(JSON.stringify(buildExport(sampleInput(told, form)))) as PollExport;
}

/** A small lift vote: paper, page and group, one of them changed. */
export const LIFT: Story = {
  method: { kind: 'forAgainst' },
  options: 3,
  voters: [9_000, 12_000, 8_050],
  casts: [
    { voter: 0, choice: [0], path: 'paper', minute: 50 },
    { voter: 1, choice: [1], path: 'group', minute: 20 },
    { voter: 0, choice: [1], path: 'page', minute: 30 },
    { voter: 1, choice: [0], path: 'group', minute: 40 },
    { voter: 2, choice: [2], path: 'direct', minute: 60 },
  ],
};
