import { MINUTE_MS } from '#core/clock';

/** interface.md §2.11: a gathered line one minute after the first ballot, then 5, 10, 20 and each 30 minutes. */
const GAPS_MINUTES = [1, 5, 10, 20, 30];

/** Time until the line after `step` lines, in milliseconds. */
export function gatherGapMs(step: number): number {
  return (GAPS_MINUTES[Math.min(step, GAPS_MINUTES.length - 1)] ?? 30) * MINUTE_MS;
}
