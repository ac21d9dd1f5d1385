import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import { createBareBallot } from '#handlers/polls/ballot-commands';
import { createPollDeadlines } from '#handlers/polls/deadlines';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { parseExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import { propertyRuns } from '#test/support/property-runs';
import { GROUPS, openConsultation, OPENING } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const bare = createBareBallot(deps);
const deadlines = createPollDeadlines(deps);
const useCases = createPollUseCases(deps);
afterAll(() => stage.close());

const minutes = (n: number) => new Date(OPENING.getTime() + n * 60_000);
const LASTS = 10;

/** Who lives where; chen owns two flats, which are one voter. Nobody in chat is the owner of the last one. */
const FLATS = [
  { room: '501', owners: ['张', '李'], persons: { 张: 'zhang', 李: 'li' } },
  { room: '502', owners: ['王'], persons: { 王: 'wang' } },
  { room: '503', owners: ['陈'], persons: { 陈: 'chen' } },
  { room: '504', owners: ['陈'], persons: { 陈: 'chen' } },
  { room: '505', owners: ['何'], persons: {} },
] as const;
const voterOf = (room: string) => `household:xfl|3-2-${room}`;
const VOTERS = ['501', '502', '503', '505'].map(voterOf);
const SPEAKS: Readonly<Record<string, readonly string[]>> = {
  zhang: [voterOf('501')],
  li: [voterOf('501')],
  wang: [voterOf('502')],
  chen: [voterOf('503')],
  stranger: [],
};

async function seed(): Promise<void> {
  await stage.clear();
  await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
  const households = FLATS.map(({ room, owners, persons }) => ({
    _id: voterOf(room),
    placeId: 'xfl',
    building: '3',
    unit: '2',
    room,
    areaCents: 8_000,
    residents: owners.map((name) => ({
      id: `${voterOf(room)}|${name}`,
      name,
      phoneTail: '1234',
      isOwner: true,
      personIds: name in persons ? [(persons as Record<string, string>)[name] ?? ''] : [],
    })),
  }));
  await stage.rows('households').insertMany(households);
}

/** What is said, and which option it means; none where it means nothing. */
const SAYINGS = { '1': 0, '2': 1, '3': 2, 赞成: 0, 反对: 1, '9': undefined, '1 2': undefined } as const;

const saying = fc.record({
  kind: fc.constant('say' as const),
  by: fc.constantFrom(...Object.keys(SPEAKS)),
  text: fc.constantFrom(...(Object.keys(SAYINGS) as (keyof typeof SAYINGS)[])),
  // From before the opening to after the end; often the same moment as another.
  minute: fc.constantFrom(-1, 0, 3, 5, 5, 8, LASTS, LASTS + 1),
  isOpen: fc.boolean(),
});
const paper = fc.record({
  kind: fc.constant('paper' as const),
  voterId: fc.constantFrom(...VOTERS, 'household:xfl|9-9-999'),
  value: fc.constantFrom(1, 2, 3, 4),
  minute: fc.constantFrom(-5, 1, 5, 9),
});
const again = fc.record({ kind: fc.constant('again' as const), which: fc.nat(30) });
const right = fc.record({
  kind: fc.constant('right' as const),
  person: fc.constantFrom('li', 'wang', 'stranger'),
  voterId: fc.constantFrom(voterOf('501'), voterOf('502')),
  may: fc.boolean(),
});
type Act = typeof saying extends fc.Arbitrary<infer One> ? One : never;
type Paper = typeof paper extends fc.Arbitrary<infer One> ? One : never;
const story = fc.array(
  fc.oneof({ weight: 6, arbitrary: saying }, { weight: 3, arbitrary: paper }, again, right),
  { minLength: 1, maxLength: 20, size: 'max' },
);

/** A vote that the rules allow, in the oracle's memory. */
interface Allowed {
  readonly voterId: string;
  readonly option: number;
  readonly isOwn: boolean;
  readonly minute: number;
  /** Breaks ties of one moment. */
  readonly id: string;
}

/** Keeps everything and finds what stands by comparing all with all. */
class Oracle {
  readonly allowed: Allowed[] = [];
  readonly rights = new Map(Object.entries(SPEAKS).map(([person, voters]) => [person, new Set(voters)]));

  say({ by, text, minute }: Act, id: string): void {
    const option = SAYINGS[text];
    if (option === undefined || minute < 0 || minute > LASTS) return;
    for (const voterId of this.rights.get(by) ?? [])
      this.allowed.push({ voterId, option, isOwn: true, minute, id });
  }

  paper({ voterId, value, minute }: Paper, id: string): void {
    if (!VOTERS.includes(voterId) || value > 3 || minute < 0) return;
    this.allowed.push({ voterId, option: value - 1, isOwn: false, minute, id });
  }

  standing(voterId: string): Allowed | undefined {
    const mine = this.allowed.filter((one) => one.voterId === voterId);
    const beats = (a: Allowed, b: Allowed) =>
      a.isOwn === b.isOwn ? a.minute > b.minute || (a.minute === b.minute && a.id >= b.id) : a.isOwn;
    return mine.find((one) => mine.every((other) => beats(one, other)));
  }
}

async function played(acts: readonly (typeof story extends fc.Arbitrary<(infer One)[]> ? One : never)[]) {
  const oracle = new Oracle();
  const [poll] = (await deps.polls.list({ placeIds: ['xfl'], limit: 1 })).items;
  if (!poll) throw new Error('no poll');
  const said: { act: Act; id: string }[] = [];
  for (const [index, act] of acts.entries()) {
    const id = `m${String(index).padStart(3, '0')}`;
    // Entered one after the other, on the last minute.
    const now = new Date(minutes(LASTS).getTime() - 1_000 + index);
    if (act.kind === 'say') {
      said.push({ act, id });
      await spoken(act, id);
      oracle.say(act, id);
    } else if (act.kind === 'again') {
      const one = said[act.which % Math.max(1, said.length)];
      if (one) {
        await spoken(one.act, one.id);
        oracle.say(one.act, one.id);
      }
    } else if (act.kind === 'paper') {
      await entered(poll, act, now);
      oracle.paper(act, id);
    } else {
      await stage.commit({
        writes: [deps.polls.mayCast(poll.id, act.voterId, act.person, act.may)],
        dispatches: [],
      });
      if (act.may) oracle.rights.get(act.person)?.add(act.voterId);
      else oracle.rights.get(act.person)?.delete(act.voterId);
    }
  }
  return { oracle, poll };
}

function spoken({ by, text, minute, isOpen }: Act, messageId: string) {
  const say = { by, at: minutes(minute), messageId };
  return stage.say(bare, text, isOpen ? { ...say, in: GROUPS.residents } : say);
}

async function entered(poll: Poll, { voterId, value, minute }: Paper, now: Date): Promise<void> {
  const input = { pollId: poll.id, voterId, values: [value], path: 'paper' as const, at: minutes(minute) };
  const decision = await useCases
    .enterBallot(stage.actor('liumin', { now }), input)
    .catch((error: { reply?: string }) => {
      if (error.reply === undefined) throw error;
    });
  if (decision) await stage.commit(decision);
}

it('of whatever is said, entered, repeated and taken away, exactly what the rules allow stands and is counted', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (acts) => {
      await seed();
      const input = { topicId: 'topic:1', groupIds: ['g1', 'g2'], closesAt: minutes(LASTS), quorum: 0 };
      const asked = { ...input, electorateOf: { kind: 'households' as const } };
      await stage.commit(await useCases.openPoll(stage.actor('liumin'), asked));
      const { oracle, poll } = await played(acts);
      await stage.fire(deadlines, `poll.close:${poll.id}`, minutes(LASTS + 2));

      const expected = VOTERS.flatMap((voterId) => {
        const one = oracle.standing(voterId);
        return one ? [{ voterId, choice: [one.option], isOwn: one.isOwn }] : [];
      });
      const stored = await Promise.all(VOTERS.map((voterId) => deps.polls.ballotOf(poll.id, voterId)));
      expect(
        stored.flatMap((ballot) =>
          ballot
            ? [{ voterId: ballot.voterId, choice: ballot.choice, isOwn: ballot.enteredById === undefined }]
            : [],
        ),
      ).toEqual(expected);
      expect(await stage.rows('ballots').countDocuments()).toBe(expected.length);
      const closed = await deps.polls.byId(poll.id);
      expect(closed?.result).toMatchObject({
        voters: expected.length,
        counts: [0, 1, 2].map((option) => expected.filter(({ choice }) => choice[0] === option).length),
      });
      const file = parseExport(JSON.parse(JSON.stringify(closed && (await useCases.exportPoll(closed)))));
      if (!file.ok) throw new Error(file.at);
      const checked = verifyExport(file.data, { countBallots: createCounter, judge: judgePoll });
      expect(checked).toMatchObject({ faults: [], isJudged: true });
    }),
    { numRuns: propertyRuns(30) },
  );
}, 120_000);
