import { instantOf, nextMonday, wallTimeIn } from '../data/wall-time.ts';

const MORNING = 9;

/** Tomorrow at nine: what 稍后 means without another word. */
export function snoozeUntil(now: Date): string {
  return instantOf(wallTimeIn(now, 1, MORNING)) ?? now.toISOString();
}

export function snoozeChoices(now: Date): readonly { readonly label: string; readonly until: string }[] {
  return [
    { label: '三天后', wallTime: wallTimeIn(now, 3, MORNING) },
    { label: '下周一', wallTime: nextMonday(now, MORNING) },
    { label: '两周后', wallTime: wallTimeIn(now, 14, MORNING) },
  ].map(({ label, wallTime }) => ({ label, until: instantOf(wallTime) ?? now.toISOString() }));
}
