import { beforeEach, describe, expect, it } from 'vitest';

import { createWakeUp, hintsFor, type ChangeHint, type WakeUp } from '#src/app/wake-up';
import type { LeaseKind } from '#core/leases';

let woken: LeaseKind[];
let wakeUp: WakeUp;

beforeEach(() => {
  woken = [];
  wakeUp = createWakeUp();
  wakeUp.connect({
    inbox: () => woken.push('inbox'),
    outbox: () => woken.push('outbox'),
    schedule: () => woken.push('schedule'),
  });
});

const NOTHING = { inbox: false, outbox: false, schedule: false };

describe('waking up', () => {
  it('takes nothing for quiet before a look has said so', () => {
    expect(wakeUp.isQuiet('inbox')).toBe(false);
    wakeUp.looked(NOTHING);
    expect(wakeUp.isQuiet('inbox')).toBe(true);
    expect(woken).toEqual([]);
  });

  it('wakes those for whom a look found something, once', () => {
    wakeUp.looked(NOTHING);
    wakeUp.looked({ ...NOTHING, outbox: true });
    wakeUp.looked({ ...NOTHING, outbox: true });
    expect(woken).toEqual(['outbox']);
    expect([wakeUp.isQuiet('outbox'), wakeUp.isQuiet('inbox')]).toEqual([false, true]);
  });

  it('ends the quiet of everybody when all may be different', () => {
    wakeUp.looked(NOTHING);
    wakeUp.all();
    expect(woken).toEqual(['schedule', 'inbox', 'outbox']);
    expect(wakeUp.isQuiet('schedule')).toBe(false);
  });
});

describe('a hint', () => {
  const owned = (kind: LeaseKind) => ({ inbox: [1, 2], outbox: [], schedule: [0] })[kind];
  const heard = (hint: Partial<ChangeHint>) =>
    hintsFor({ collection: 'inbox', isWork: true, ...hint }, owned);

  it('is for whoever owns the partition', () => {
    expect(heard({ partition: 2 })).toEqual(['inbox']);
    expect(heard({ partition: 3 })).toEqual([]);
    expect(heard({})).toEqual(['inbox']);
  });

  it('is for nobody where the process owns nothing of the kind, or nothing is to be done', () => {
    expect(heard({ collection: 'outbox' })).toEqual([]);
    expect(heard({ isWork: false })).toEqual([]);
    expect(heard({ collection: 'concerns' })).toEqual([]);
  });

  it('of a deadline or a slot is for whoever fires them', () => {
    expect(heard({ collection: 'deadlines' })).toEqual(['schedule']);
    expect(heard({ collection: 'slots' })).toEqual(['schedule']);
  });
});
