import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundNote, uncertainBoundNote } from '../../bench/bounds.ts';
import { countdown, JOB_TEXT, type Contestant } from '../../bench/peers/contestant.ts';
import { parseStat } from '../../bench/peers/process-cpu.ts';
import { queueReport, ratiosOf } from '../../bench/queue-report.ts';
import { slopeOf } from '../../bench/slope.ts';

function contestant(key: string, title: string): Contestant {
  const within = () => Promise.reject(new Error('nothing is run here'));
  return { key, title, jobs: 4, settings: 'as it comes', within };
}

const CONTESTANTS = [
  contestant('ours', 'ours'),
  contestant('agenda', 'agenda'),
  contestant('mongodbQueue', 'mongodb-queue'),
];
const FIGURES = {
  oursClaimPerSecond: 2_000,
  agendaClaimPerSecond: 80,
  mongodbQueueClaimPerSecond: 80,
  oursConflictsPerJob: 0.01,
  agendaConflictsPerJob: 4,
  oursClaimCpuPerThousand: 0.25,
  oursClaimDatabaseCpuPerThousand: 0.5,
};

function notesOf(figures: Record<string, number>): Map<string, string | undefined> {
  const distant = [{ key: 'oursDistant', title: 'from afar' }];
  const { rows } = queueReport({ contestants: CONTESTANTS, distant, figures, rounds: 3 });
  return new Map(rows.map(({ what, note }) => [what, note]));
}

describe('a bound beside a figure', () => {
  it('is kept at the bound itself and missed beyond it', () => {
    expect(boundNote(20, { atLeast: 20 })).toBe('bound ≥ 20: kept');
    expect(boundNote(19.9, { atLeast: 20 })).toBe('bound ≥ 20: MISSED');
    expect(boundNote(0.01, { atMost: 0.01 })).toBe('bound ≤ 0.01: kept');
    expect(boundNote(0.02, { atMost: 0.01 })).toBe('bound ≤ 0.01: MISSED');
  });

  it('says so where nothing could be measured', () => {
    expect(boundNote(NaN, { atMost: 30 })).toBe('bound ≤ 30: not measured');
    expect(uncertainBoundNote(NaN, NaN, 1)).toBe('bound ≤ 1: not measured');
  });

  it('is neither kept nor missed while the error is larger than the distance', () => {
    expect(uncertainBoundNote(0.5, 0.2, 1)).toBe('± 0.400; bound ≤ 1: kept');
    expect(uncertainBoundNote(3, 0.5, 1)).toBe('± 1.00; bound ≤ 1: MISSED');
    expect(uncertainBoundNote(0.5, 0.4, 1)).toBe('± 0.800; bound ≤ 1: cannot be told in this time');
    expect(uncertainBoundNote(1.5, 0.4, 1)).toContain('cannot be told');
  });
});

describe('the table of queues', () => {
  it('says how many times as fast ours is as each other', () => {
    expect(ratiosOf(CONTESTANTS, FIGURES)).toMatchObject({ oursToAgenda: 25, oursToMongodbQueue: 25 });
  });

  it('holds ours to its bounds, and the others to none', () => {
    const notes = notesOf(FIGURES);

    expect(notes.get('claim and acknowledge: agenda')).toBe('ours is 25.0 times; bound ≥ 20: kept');
    expect(notes.get('claim and acknowledge: mongodb-queue')).toBe('ours is 25.0 times; bound ≥ 35: MISSED');
    expect(notes.get('write conflicts: ours')).toBe('bound ≤ 0.01: kept');
    expect(notes.get('write conflicts: agenda')).toBeUndefined();
  });

  it('leaves out rows of figures that a contestant does not have', () => {
    const whats = [...notesOf(FIGURES).keys()];

    expect(whats).not.toContain('write conflicts: mongodb-queue');
    expect(whats.filter((what) => what.startsWith('enqueue'))).toEqual([]);
  });

  it('says how many times our CPU each other takes', () => {
    const agenda = { agendaClaimCpuPerThousand: 3, agendaClaimDatabaseCpuPerThousand: 12 };

    expect(ratiosOf(CONTESTANTS, { ...FIGURES, ...agenda })).toMatchObject({ cpuAgendaToOurs: 20 });
  });

  it('adds the CPU of the process and that of its database', () => {
    const distant = [{ key: 'oursDistant', title: 'from afar' }];
    const report = queueReport({ contestants: CONTESTANTS, distant, figures: FIGURES, rounds: 1 });

    const row = report.rows.find(({ what }) => what === 'CPU of claim and acknowledge: ours');
    expect([row?.value, row?.note]).toEqual([0.75, 'this process 0.250, its database 0.500']);
  });

  it('states how each was set up', () => {
    const distant = [{ key: 'oursDistant', title: 'from afar' }];
    const { notes } = queueReport({ contestants: CONTESTANTS, distant, figures: FIGURES, rounds: 1 });

    expect(notes).toContain('agenda: 4 jobs; as it comes');
  });
});

describe('the straight line through samples', () => {
  const line = (slope: number, noise: readonly number[]) =>
    noise.map((off, at) => ({ at, value: 100 + slope * at + off }));

  it('has the slope of the line that they lie on, and no error', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 3, max: 40 }), (rise, count) => {
        const { slope, error } = slopeOf(line(rise, Array<number>(count).fill(0)));
        expect(slope).toBeCloseTo(rise, 6);
        expect(error).toBeCloseTo(0, 6);
      }),
    );
  });

  it('knows by how much it may be wrong', () => {
    const { slope, error } = slopeOf(line(2, [1, -1, -1, 1, 1, -1, -1, 1]));

    expect(slope).toBeCloseTo(2, 6);
    // sqrt(8 / 6 / 42): eight squares of one left over, six degrees of freedom, spread of 0 to 7.
    expect(error).toBeCloseTo(0.178, 3);
  });

  it('says nothing of fewer than three', () => {
    expect(slopeOf(line(2, [0, 0])).slope).toBeNaN();
  });
});

describe('a job of the comparison', () => {
  it('is about as large as those of the reference measurements', () => {
    expect(Buffer.byteLength(JOB_TEXT)).toBeGreaterThan(150);
    expect(Buffer.byteLength(JOB_TEXT)).toBeLessThan(250);
  });
});

describe('the countdown', () => {
  it('is done at the last tick and not before', async () => {
    const { done, tick } = countdown(2);
    const seen: string[] = [];
    const finished = done.then(() => seen.push('done'));

    tick();
    await Promise.resolve();
    seen.push('one');
    tick();
    await finished;

    expect(seen).toEqual(['one', 'done']);
  });
});

describe('CPU time of a process', () => {
  it('is read behind the name, whatever the name holds', () => {
    const line = '4711 (post (gres) 1) S 17 4711 4711 0 -1 4194304 1 2 3 4 150 50 7 3 20 0 1 0 12345';

    expect(parseStat(line)).toEqual({ parent: 17, ticks: 210 });
  });
});
