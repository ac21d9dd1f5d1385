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
