import { describe, expect, it } from 'vitest';
import { lifetimeRemark, memberRemarks, skewRemark } from '../../scripts/doctor/database.ts';
import { programRemarks } from '../../scripts/doctor/program.ts';
import { linesOf } from '../../scripts/doctor/remarks.ts';

const member = (name: string, stateStr: string, health = 1) => ({ name, stateStr, health });

describe('the doctor', () => {
  it('wants three members, all there, one of them primary', () => {
    const [a, b, c] = [member('a', 'PRIMARY'), member('b', 'SECONDARY'), member('c', 'SECONDARY')];
    const marks = (...members: ReturnType<typeof member>[]) =>
      memberRemarks('rs', members).map(({ mark }) => mark);
    expect(marks(a, b, c)).toEqual(['ok']);
    expect(marks(a)).toEqual(['look']);
    expect(marks(a, b, member('c', '(not reachable/healthy)', 0))).toEqual(['look']);
    expect(marks(b, c)).toEqual(['broken']);
  });

  it('wants abandoned transactions to end soon', () => {
    expect(lifetimeRemark(15)).toMatchObject({ mark: 'ok', says: 'an abandoned one ends after 15 s' });
    expect(lifetimeRemark(60)).toMatchObject({ mark: 'look' });
    expect(lifetimeRemark(undefined)).toMatchObject({ mark: 'look', about: 'transactions' });
  });

  it('tells on which side of the database’s clock this machine is', () => {
    expect(skewRemark(-40)).toMatchObject({ mark: 'ok', says: 'this machine is 40 ms behind the database' });
    expect(skewRemark(3_000)).toMatchObject({
      mark: 'look',
      says: 'this machine is 3000 ms ahead of the database',
    });
  });

  it('names each channel that is not signed in', () => {
    const channels = [
      { kind: 'web', account: 'web', health: 'ready' },
      { kind: 'wechaty', account: 'a', health: 'offline' },
    ];
    expect(programRemarks({ ready: true, channels }).map(({ mark, says }) => `${mark} ${says}`)).toEqual([
      'ok runs and is ready',
      'ok web:web is ready',
      'broken wechaty:a is offline',
    ]);
    expect(programRemarks({ ready: false, reason: 'databaseAway', channels: [] })).toMatchObject([
      { mark: 'broken', says: 'runs and is not ready: databaseAway' },
    ]);
  });

  it('writes what to do below what is wrong', () => {
    expect(linesOf([{ mark: 'broken', about: 'clock', says: 'stands', cure: 'wind it' }])).toEqual([
      'broken  clock: stands',
      '        → wind it',
    ]);
  });
});
