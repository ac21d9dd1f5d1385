import { definedFields, type Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import type { ScheduleStore, Slot } from '#core/schedule';

interface Kept {
  readonly slot: Slot;
  state: 'pending' | 'fired' | 'skipped';
  lookAt: Date;
  tries: number;
  endedAt?: Date;
}

/** Rules of the store that a test may take away, to prove that the suite would notice. */
export type Guard =
  'uniqueSlots' | 'endsOnce' | 'neverBackwards' | 'knownFromNow' | 'onlyAskedKinds' | 'onlyDue';

export interface MemoryScheduleStore extends ScheduleStore {
  /** Carries the store's writes out; rejects with ConflictError when one matches nothing. */
  carryOut(...writes: readonly Write[]): Promise<void>;
}

/** Schedules for fast tests; allowed there because it passes the suite that the one in MongoDB passes. */
export function createMemoryScheduleStore(without?: Guard): MemoryScheduleStore {
  const through = new Map<string, Date>();
  const kinds = new Map<string, Pick<Slot, 'kind' | 'placeId'>>();
  const rows: Kept[] = [];
  const has = (guard: Guard) => guard !== without;
  const rowOf = ({ scheduleId, slotAt }: Slot) =>
    rows.find(({ slot }) => slot.scheduleId === scheduleId && slot.slotAt.getTime() === slotAt.getTime());
  const pending = (asked: readonly string[]) =>
    rows.filter(
      ({ slot, state }) => state === 'pending' && (asked.includes(slot.kind) || !has('onlyAskedKinds')),
    );

  return {
    async plannedThrough(schedules, now) {
      for (const { id, kind, placeId } of schedules) {
        kinds.set(id, definedFields({ kind, placeId }));
        if (!through.has(id)) through.set(id, has('knownFromNow') ? now : new Date(0));
      }
      return new Map(schedules.map(({ id }) => [id, through.get(id) ?? now]));
    },
    async plan({ id, kind, placeId }, slots, until) {
      for (const slotAt of slots) {
        const slot = definedFields({ scheduleId: id, kind, placeId, slotAt });
        if (has('uniqueSlots') && rowOf(slot)) continue;
        rows.push({ slot, state: 'pending', lookAt: slotAt, tries: 0 });
      }
      const before = through.get(id);
      if (!has('neverBackwards') || !before || before < until) through.set(id, until);
    },
    async due(asked, now, limit) {
      return pending(asked)
        .filter(({ lookAt }) => lookAt <= now || !has('onlyDue'))
        .sort((one, other) => one.slot.slotAt.getTime() - other.slot.slotAt.getTime())
        .slice(0, limit)
        .map(({ slot, tries }) => ({ slot, tries }));
    },
    async nextLookAt(asked) {
      const times = pending(asked).map(({ lookAt }) => lookAt.getTime());
      return times.length > 0 ? new Date(Math.min(...times)) : undefined;
    },
    end: (slot, state, now) => ({
      kind: 'update',
      collection: 'slots',
      filter: slot as unknown as Record<string, unknown>,
      update: { $set: { state, endedAt: now } },
      mustMatch: true,
    }),
    async putOff(slot, retryAt) {
      const row = rowOf(slot);
      if (row?.state !== 'pending') return;
      row.lookAt = retryAt;
      row.tries += 1;
    },
    async standings() {
      return [...through].map(([scheduleId, plannedThrough]) => {
        const own = rows.filter(({ slot }) => slot.scheduleId === scheduleId);
        const ended = own.flatMap(({ slot, state, endedAt }) =>
          state === 'pending' || !endedAt ? [] : [{ slotAt: slot.slotAt, state, endedAt }],
        );
        const last = ended.sort((one, other) => other.slotAt.getTime() - one.slotAt.getTime())[0];
        const known = kinds.get(scheduleId);
        if (!known) throw new Error('a schedule that was never begun');
        const waiting = own.filter(({ state }) => state === 'pending').length;
        return definedFields({ scheduleId, ...known, plannedThrough, last, waiting });
      });
    },
    async carryOut(...writes) {
      for (const write of writes) {
        if (write.collection !== 'slots' || write.kind !== 'update') continue;
        const row = rowOf(write.filter as unknown as Slot);
        if (!row || (row.state !== 'pending' && has('endsOnce'))) throw new ConflictError('slots');
        Object.assign(row, (write.update as { $set: Pick<Kept, 'state' | 'endedAt'> }).$set);
      }
    },
  };
}
