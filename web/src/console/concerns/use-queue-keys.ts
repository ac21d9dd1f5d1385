import type { KeyboardEvent } from 'react';

import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { keysAreOn } from '../data/key-setting.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { QUEUE_SEARCH_ID } from './queue-filters.tsx';
import { rowLinkId } from './queue-row.tsx';
import { snoozeUntil } from './snooze-times.ts';
import type { QueueAddress } from './use-queue-address.ts';

interface QueueKeys {
  readonly rows: readonly ConcernRow[];
  readonly address: QueueAddress;
  readonly toggle: (id: string) => void;
  readonly openTopic: (id: string) => void;
  readonly openHelp: () => void;
  /** After a step by key. */
  readonly onDone: () => void;
}

/** Keys of the queue; they work only while the list has focus and can be switched off (我的). */
export function useQueueKeys({ rows, address, toggle, openTopic, openHelp, onDone }: QueueKeys) {
  const { take, undo } = useSteps();
  const { now } = useDates();

  const moveTo = (id: string | undefined) => {
    if (id === undefined) return;
    if (address.id !== undefined) address.show(id);
    document.getElementById(rowLinkId(id))?.focus();
  };
  const snooze = async (index: number) => {
    const row = rows[index];
    if (!row) return;
    const next = (rows[index + 1] ?? rows[index - 1])?.id;
    await take('concern.snooze', { concernIds: [row.id], until: snoozeUntil(now) }).catch(() =>
      address.show(row.id),
    );
    onDone();
    moveTo(next);
  };

  return (event: KeyboardEvent<HTMLElement>) => {
    if (!keysAreOn() || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const index = indexOf(event.target, rows) ?? rows.findIndex((row) => row.id === address.id);
    const row = rows[index];
    const actions: Readonly<Record<string, () => void>> = {
      KeyJ: () => moveTo(rows[index + 1]?.id),
      ArrowDown: () => moveTo(rows[index + 1]?.id),
      KeyK: () => moveTo(rows[index - 1]?.id),
      ArrowUp: () => moveTo(rows[index - 1]?.id),
      Digit1: () => row && address.show(row.id, 'answer'),
      Digit2: () => row && address.show(row.id, 'merge'),
      Digit3: () => row && openTopic(row.id),
      Digit4: () => row && address.show(row.id, 'redirect'),
      KeyH: () => void snooze(index),
      KeyZ: undo,
      Space: () => row && toggle(row.id),
      Slash: () => (event.shiftKey ? openHelp() : document.getElementById(QUEUE_SEARCH_ID)?.focus()),
    };
    const act = actions[event.code];
    // A checkbox turns by itself on Space; a held key repeats only movement.
    const isOwnSpace = event.code === 'Space' && event.target instanceof HTMLInputElement;
    if (!act || isOwnSpace || (event.repeat && !isMove(event.code))) return;
    event.preventDefault();
    act();
  };
}

function isMove(code: string): boolean {
  return code === 'KeyJ' || code === 'KeyK' || code === 'ArrowDown' || code === 'ArrowUp';
}

/** The row that holds the focus. */
function indexOf(target: EventTarget, rows: readonly ConcernRow[]): number | undefined {
  const link = target instanceof Element ? target.closest('li')?.querySelector('a') : undefined;
  const index = rows.findIndex((row) => rowLinkId(row.id) === link?.id);
  return index < 0 ? undefined : index;
}
