import { describe, expect, it } from 'vitest';
import type { Machinery } from '#core/machinery';
import { diagnose } from '#src/app/diagnosis';

const now = new Date('2026-11-27T10:00:00+08:00');
const time = { now, realNow: now };
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const WELL: Machinery = {
  inbox: { count: 0, dead: 0 },
  outbox: { queued: 0, leased: 0, held: 0, dead: 0, sent: 12, senders: [] },
  deadlines: { count: 0 },
  schedules: [{ scheduleId: 'digest.morning:p', kind: 'digest.morning', plannedThrough: now, waiting: 0 }],
  leases: [
    { kind: 'inbox', partitions: 16, held: 16, holders: 1 },
    { kind: 'outbox', partitions: 8, held: 8, holders: 2 },
    { kind: 'schedule', partitions: 1, held: 1, holders: 1 },
  ],
  differences: [],
};

describe('the diagnosis', () => {
  it('finds nothing where all is well', () => {
    expect(diagnose(WELL, time)).toEqual([]);
  });

  it('lets fresh work be under way', () => {
    const busy = { ...WELL, inbox: { count: 900, oldestAt: ago(0.9), dead: 0 } };
    expect(diagnose(busy, time)).toEqual([]);
  });

  it('calls messages late that nobody decided for more than a minute', () => {
    const late = { ...WELL, inbox: { count: 3, oldestAt: ago(2), dead: 0 } };
    expect(diagnose(late, time)).toEqual([
      { code: 'inbox.late', severity: 'broken', count: 3, since: ago(2) },
    ]);
  });

  it('names the work that nobody does', () => {
    const leases = WELL.leases.map((one) => (one.kind === 'outbox' ? { ...one, held: 5 } : one));
    expect(diagnose({ ...WELL, leases }, time)).toEqual([
      { code: 'leases.free', severity: 'broken', count: 3, about: 'outbox' },
    ]);
  });

  it('does not call a login late that rests because its vendor wished it', () => {
    const resting = { sender: 'wechaty:a', queued: 40, due: 40, oldestDueAt: ago(60), faults: 6 };
    const senders = [{ ...resting, pausedUntil: new Date(now.getTime() + 60_000) }];
    const codes = (senders: Machinery['outbox']['senders']) =>
      diagnose({ ...WELL, outbox: { ...WELL.outbox, senders } }, time).map(({ code }) => code);
    expect(codes(senders)).toEqual(['outbox.senderResting']);
    expect(codes([resting])).toEqual(['outbox.late']);
  });

  it('names the figures that differ, the oldest first, and counts the rest', () => {
    const differences = ['1', '2', '3', '4'].map((number) => ({
      figure: 'endorsements' as const,
      subjectId: number,
      placeId: 'p',
      name: `诉求#${number}`,
      stored: '2',
      counted: number,
      foundAt: ago(90),
    }));
    expect(diagnose({ ...WELL, differences }, time)).toEqual([
      {
        code: 'figures.differ',
        severity: 'broken',
        count: 4,
        since: ago(90),
        about: 'p 诉求#1 2≠1; p 诉求#2 2≠2; p 诉求#3 2≠3',
      },
    ]);
  });

  it('puts what is broken before what waits for a look', () => {
    const bad: Machinery = {
      ...WELL,
      inbox: { count: 0, dead: 2 },
      outbox: { ...WELL.outbox, held: 4, dead: 1 },
      deadlines: { count: 1, oldestAt: ago(3) },
      schedules: [{ scheduleId: 'x', kind: 'digest.morning', plannedThrough: now, waiting: 1 }],
    };
    expect(diagnose(bad, time).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'broken deadlines.late',
      'look inbox.dead',
      'look outbox.held',
      'look outbox.dead',
      'look schedules.late',
    ]);
  });
});
