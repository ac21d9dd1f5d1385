import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PollFault } from '#core/poll-fault';
import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { buildExport } from '#src/proof/build-export';
import { parseExport, type PollExport } from '#src/proof/export-format';
import { openingOf } from '#src/proof/seal-poll';
import { verifyExport } from '#src/proof/verify-export';
import { LIFT, resultOf, sampleExport, sampleInput, sealOf, story, type Story } from './sample-poll.ts';
import { tamperings, type Tampering } from './tamper.ts';

const FORMS = ['open', 'secret'] as const;

function checked(data: PollExport, code?: string) {
  return verifyExport(data, { countBallots: createCounter, judge: judgePoll }, code);
}

/** What a reader of the file is told; undefined when nothing. */
function noticed(file: unknown): readonly PollFault[] | 'format' | undefined {
  const parsed = parseExport(file);
  if (!parsed.ok) return 'format';
  const { faults } = checked(parsed.data);
  return faults.length > 0 ? faults : undefined;
}

/** The part that has to be named for a change in a field of the file. */
function partOf([field = '', second = '']: Tampering['path']): string {
  if (field === 'poll') return second === 'rules' ? 'rules' : 'question';
  return String(field === 'seal' && second in SEALED_PARTS ? SEALED_PARTS[String(second)] : field);
}

const SEALED_PARTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['question', 'rules', 'roll', 'opening', 'end', 'ballots', 'choices', 'events', 'result'].map((one) => [
      one,
      one,
    ]),
  ),
  rollSize: 'roll',
  ballotCount: 'ballots',
  eventCount: 'events',
};

describe.each(FORMS)('the export of a poll (%s)', (form) => {
  it('of any poll is in order, and gives back what was sealed', () => {
    fc.assert(
      fc.property(story, (told) => {
        const data = sampleExport(told, form);
        const parsed = parseExport(data);
        expect(parsed).toEqual({ ok: true, data });
        const { faults, seal, counted } = checked(data, data.seal.code.toLowerCase());
        expect(faults).toEqual([]);
        expect(seal).toEqual(data.seal);
        expect(counted.voters).toBe(data.ballots.length);
      }),
    );
  });

  it('shows every change of one field or row, each by the name of its part', () => {
    let changes = 0;
    fc.assert(
      fc.property(story, (told) => {
        const data = sampleExport(told, form);
        for (const tampering of tamperings(data)) {
          changes += 1;
          const found = noticed(tampering.file);
          const where = { path: tampering.path.join('.'), kind: tampering.kind };
          if (found === undefined) expect.fail(`not noticed: ${JSON.stringify(where)}`);
          if (found !== 'format' && !found.some(({ part }) => part === partOf(tampering.path)))
            expect.fail(`not named: ${JSON.stringify({ ...where, found })}`);
        }
      }),
      { numRuns: 25 },
    );
    expect(changes).toBeGreaterThan(3_000);
  }, 120_000);

  it('shows a ballot of somebody who was added, though every row fits itself', () => {
    fc.assert(
      fc.property(story, (told) => {
        const input = sampleInput(told, form);
        const [ballot] = input.ballots;
        if (!ballot) return;
        const stuffed = { ...input, ballots: [...input.ballots, { ...ballot, voterId: 'person:nobody' }] };
        const { faults } = checked(buildExport(stuffed));
        expect(faults).toContainEqual(expect.objectContaining({ part: 'ballots', kind: 'stranger' }));
        expect(faults).toContainEqual(expect.objectContaining({ part: 'ballots', kind: 'count' }));
      }),
    );
  });

  it('fits itself when it was forged as a whole, but never the code that was published', () => {
    fc.assert(
      fc.property(story, (told) => {
        const input = sampleInput(told, form);
        const forged = { ...input, ballots: input.ballots.slice(1), events: withoutFirstVoter(input) };
        const result = resultOf(told, input.voters, forged.ballots);
        const data = buildExport({ ...forged, result, seal: sealOf(input, { ...forged, result }) });
        expect(checked(data).faults).toEqual([]);
        expect(checked(data, input.seal.code).faults).toEqual([
          { part: 'seal', kind: 'otherCode', found: data.seal.code, expected: input.seal.code },
        ]);
      }),
    );
  });
});

/** What was cast under the name of whoever was struck goes with the voter they are one with. */
function withoutFirstVoter({ ballots, events, end }: ReturnType<typeof sampleInput>) {
  const first = ballots[0]?.voterId;
  const gone = new Set(end.strikes?.filter(({ intoId }) => intoId === first).map(({ voterId }) => voterId));
  return events.filter(({ voterId }) => voterId !== first && !gone.has(voterId));
}

type Mutable<T> = T extends readonly (infer One)[]
  ? Mutable<One>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

function liftVote(
  change: (data: Mutable<Extract<PollExport, { form: 'open' }>>) => void,
): readonly PollFault[] {
  const data = sampleExport(LIFT, 'open');
  if (data.form !== 'open') throw new Error('not an open poll');
  change(data as Mutable<typeof data>);
  return checked(data).faults;
}

describe('what is wrong with a lift vote is named', () => {
  it('a ballot whose choice was altered, by its row and receipt', () => {
    let code = '';
    const faults = liftVote((data) => {
      const [ballot] = data.ballots;
      if (ballot) [ballot.choice, code] = [[ballot.choice[0] === 0 ? 1 : 0], ballot.code];
    });
    expect(faults).toContainEqual({ part: 'ballots', kind: 'altered', row: 1, name: code });
    expect(faults).toContainEqual({ part: 'ballots', kind: 'outdated', row: 1, name: code });
    expect(faults).toContainEqual(expect.objectContaining({ part: 'result', kind: 'miscounted' }));
  });

  it('a ballot that is gone, by its voter', () => {
    let voter = '';
    const faults = liftVote(({ ballots }) => (voter = ballots.splice(1, 1)[0]?.voter ?? ''));
    expect(faults).toContainEqual({ part: 'ballots', kind: 'missing', name: voter });
    expect(faults).toContainEqual({ part: 'ballots', kind: 'count', found: 2, expected: 3 });
  });

  it('an event that is gone, where the chain breaks', () => {
    const faults = liftVote(({ events }) => events.splice(2, 1));
    expect(faults).toContainEqual({ part: 'events', kind: 'broken', row: 3 });
    expect(faults).toContainEqual({ part: 'events', kind: 'count', found: 4, expected: 5 });
  });

  it('the last event that is gone, though the chain is whole', () => {
    const faults = liftVote(({ events }) => events.pop());
    expect(faults.filter(({ part }) => part === 'events').map(({ kind }) => kind)).toEqual([
      'count',
      'changed',
    ]);
  });

  it('a voter whose area was altered', () => {
    let voter = '';
    const faults = liftVote(({ roll }) => {
      const [row] = roll;
      if (row) [row.areaCents, voter] = [1, row.voter];
    });
    expect(faults).toContainEqual({ part: 'roll', kind: 'altered', row: 1, name: voter });
    expect(faults).toContainEqual({ part: 'result', kind: 'misjudged', name: 'checks' });
  });

  it('counts, by option', () => {
    const faults = liftVote(({ result }) => (result.counts = [3, 0, 0]));
    expect(faults).toContainEqual({ part: 'result', kind: 'miscounted', row: 1, found: 3, expected: 1 });
  });

  it('nothing, when a paper ballot is later than what the household sent itself', () => {
    expect(liftVote(() => undefined)).toEqual([]);
  });
});

describe('a verdict that does not follow from the counts', () => {
  const whole = sampleInput(LIFT, 'open');
  const checksOf = (result: Input['result']) =>
    result['checks'] as { kind: string; have: number; need: number }[];
  const lies: Readonly<Record<string, (result: Input['result']) => Input['result']>> = {
    quorumMet: (result) => ({ ...result, quorumMet: !(result['quorumMet'] as boolean) }),
    adopted: (result) => ({ ...result, adopted: !(result['adopted'] as boolean) }),
    leading: (result) => ({ ...result, leading: 2 }),
    rollSize: (result) => ({ ...result, rollSize: 4 }),
    checks: (result) => ({
      ...result,
      checks: checksOf(result).map((check) => (check.kind === 'voters' ? { ...check, need: 1 } : check)),
    }),
  };

  it.each(Object.keys(lies))('is named, though it was sealed: %s', (name) => {
    for (const form of FORMS) {
      const result = lies[name]?.(whole.result) ?? whole.result;
      const data = buildExport({ ...whole, form, result, seal: sealOf(whole, { ...whole, result }) });
      const { faults, isJudged } = checked(data);
      expect(isJudged).toBe(true);
      expect(faults).toEqual([{ part: 'result', kind: 'misjudged', name }]);
    }
  });

  it('of areas is seen where the areas are open', () => {
    const checks = checksOf(whole.result).map((check) =>
      check.kind === 'forArea' ? { ...check, have: check.have + 1 } : check,
    );
    const result = { ...whole.result, checks };
    const data = (form: 'open' | 'secret') =>
      checked(buildExport({ ...whole, form, result, seal: sealOf(whole, { ...whole, result }) })).faults;
    expect(data('open')).toEqual([{ part: 'result', kind: 'misjudged', name: 'checks' }]);
    expect(data('secret')).toEqual([]);
  });

  it('is not judged where the rules do not say enough', () => {
    const poll = { ...whole.poll, rules: { quorum: 2 } };
    const { isJudged } = checked(buildExport({ ...whole, poll }));
    expect(isJudged).toBe(false);
  });
});

describe('a file that was sealed with it', () => {
  const input = sampleInput(LIFT, 'open');
  const faultsOf = (changed: Input, form: 'open' | 'secret' = 'open') =>
    checked(buildExport({ ...changed, form, seal: sealOf(changed, changed) })).faults;
  const day = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString();
  const { closedEarlyReason: _, ...unexplained } = input.end;

  it('names an end later than was said when it opened', () => {
    const end = { ...input.end, closesAt: day(input.end.closesAt, 2) };
    const fault = { part: 'end', kind: 'late', found: end.closesAt, expected: day(input.end.closesAt, 1) };
    expect([faultsOf({ ...input, end }), faultsOf({ ...input, end }, 'secret')]).toEqual([[fault], [fault]]);
  });

  it('names an early end without a reason, and none at the time that was said', () => {
    expect(faultsOf({ ...input, end: unexplained })).toEqual([
      expect.objectContaining({ part: 'end', kind: 'early' }),
    ]);
    expect(faultsOf({ ...input, end: { closesAt: day(input.end.closesAt, 1) } })).toEqual([]);
  });

  it('names votes from before the poll was there, but for the minute that ran', () => {
    const openedAt = String(input.poll.rules['openedAt']);
    const at = (ms: number) => {
      const sentAt = new Date(Date.parse(openedAt) - ms);
      const [first, ...others] = input.events;
      if (!first) throw new Error('no event');
      const early = { ...first, sentAt };
      const ballots = input.ballots.map((one) => (one.messageId === first.messageId ? early : one));
      return faultsOf({ ...input, events: [early, ...others], ballots });
    };
    expect(at(60_000)).toEqual([]);
    expect(at(60_001)).toContainEqual(expect.objectContaining({ part: 'events', kind: 'early', row: 1 }));
  });

  it('names a wish list that the money does not pay', () => {
    const told: Story = {
      method: { kind: 'budget', limit: 10, costs: [6, 5], unit: '万元' },
      options: 2,
      voters: [1, 1],
      casts: [{ voter: 0, choice: [0, 1], path: 'page', minute: 1 }],
    };
    const data = sampleExport(told, 'open');
    expect(checked(data).faults).toContainEqual(
      expect.objectContaining({ part: 'ballots', kind: 'impossible', row: 1 }),
    );
  });

  it('is not read when it hides who chose what although the rules show it', () => {
    const poll = { ...input.poll, rules: { ...input.poll.rules, showsNames: true } };
    const built = (form: 'open' | 'secret') => parseExport(buildExport({ ...input, poll, form }));
    expect(built('open').ok).toBe(true);
    expect(built('secret')).toEqual({ ok: false, at: 'form' });
  });
});

describe('a poll that shows names', () => {
  it('binds each name to its voter', () => {
    const input = sampleInput(LIFT, 'open');
    const voters = input.voters.map((voter, n) => ({ ...voter, label: `3号楼${n}` }));
    const published = openingOf(input.poll, input.secret, voters);
    const named = { ...input, voters, published };
    const data = buildExport({ ...named, seal: sealOf(named, named) });
    expect(checked(data).faults).toEqual([]);
    if (data.form !== 'open') throw new Error('not open');
    const [first, second, ...others] = data.roll;
    const swapped = [
      { ...first, label: second?.label },
      { ...second, label: first?.label },
      ...others,
    ] as typeof data.roll;
    expect(checked({ ...data, roll: swapped }).faults).toEqual(
      [first, second].map((row, n) => ({ part: 'roll', kind: 'altered', row: n + 1, name: row?.voter })),
    );
  });
});

describe('what was changed between the opening and the end', () => {
  it.each([
    ['the roll', (input: Input): Input => ({ ...input, voters: input.voters.slice(1) }), ['roll', 'opening']],
    ['a weight', (input: Input): Input => ({ ...input, voters: heavier(input.voters) }), ['roll', 'opening']],
    ['the rules', (input: Input): Input => ({ ...input, poll: { ...input.poll, rules: {} } }), ['opening']],
    [
      'the question',
      (input: Input): Input => ({ ...input, poll: { ...input.poll, title: '拆电梯' } }),
      ['opening'],
    ],
  ])('is named, though the seal was made afterwards: %s', (_, change, parts) => {
    const input = change(sampleInput(LIFT, 'open'));
    const data = buildExport({ ...input, seal: sealOf(input, input) });
    const changed = checked(data).faults.filter(({ kind }) => kind === 'changed');
    expect(changed.map(({ part }) => part).filter((part) => part !== 'seal')).toEqual(parts);
  });
});

type Input = ReturnType<typeof sampleInput>;

function heavier(voters: Input['voters']): Input['voters'] {
  return voters.map((voter) => ({ ...voter, areaCents: (voter.areaCents ?? 0) + 1 }));
}

describe('a file that is no export', () => {
  const whole = sampleExport(LIFT, 'secret');
  it.each([
    ['nothing', null, ''],
    ['another format', { ...whole, format: 'yishi-poll/2' }, 'format'],
    ['a field nobody checks', { ...whole, note: 'x' }, ''],
    ['names', { ...whole, ballots: whole.ballots.map((row) => ({ ...row, name: '张桂兰' })) }, 'ballots.0'],
    [
      'rules without end',
      { ...whole, poll: { ...whole.poll, rules: { deep: nested(5_000) } } },
      'poll.rules',
    ],
  ])('is not read: %s', (_, given, at) => {
    expect(parseExport(given)).toEqual({ ok: false, at });
  });

  it('does not keep us counting for ever', () => {
    const data = { ...whole, choices: [{ choice: [0], times: 5_000_000 }] };
    const parsed = parseExport(data);
    if (!parsed.ok) throw new Error('not read');
    const { faults, counted } = checked(parsed.data);
    expect(faults).toContainEqual({ part: 'choices', kind: 'count', found: 5_000_000, expected: 3 });
    expect(counted.voters).toBe(3);
  });
});

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
