import { readable } from './figures.ts';

/** What a figure is held to. */
export interface Bound {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** `bound ≥ 20: kept`, or `MISSED`; a figure that could not be taken is `not measured`. */
export function boundNote(value: number, { atLeast, atMost }: Bound): string {
  const bound = atLeast !== undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  if (Number.isNaN(value)) return `bound ${bound}: not measured`;
  const isKept = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  return `bound ${bound}: ${isKept ? 'kept' : 'MISSED'}`;
}

/** A figure known to within twice its standard error: neither kept nor missed where the bound lies within that. */
export function uncertainBoundNote(value: number, error: number, atMost: number): string {
  const within = 2 * error;
  const known = `± ${readable(within)}`;
  if (!Number.isFinite(value) || !Number.isFinite(error)) return boundNote(NaN, { atMost });
  if (value + within <= atMost || value - within > atMost) return `${known}; ${boundNote(value, { atMost })}`;
  return `${known}; bound ≤ ${atMost}: cannot be told in this time`;
}
