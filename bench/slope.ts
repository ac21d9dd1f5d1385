export interface Sample {
  readonly at: number;
  readonly value: number;
}

export interface Slope {
  /** Units of `value` for one unit of `at`. */
  readonly slope: number;
  /** Standard error: the true slope is within two of it nineteen times out of twenty. */
  readonly error: number;
}

/** The straight line through samples by least squares. NaN for fewer than three, which say nothing of the error. */
export function slopeOf(samples: readonly Sample[]): Slope {
  const count = samples.length;
  if (count < 3) return { slope: NaN, error: NaN };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const [meanAt, meanValue] = [mean(samples.map(({ at }) => at)), mean(samples.map(({ value }) => value))];
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const slope = samples.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0) / spread;
  const residual = ({ at, value }: Sample) => value - meanValue - slope * (at - meanAt);
  const unexplained = samples.reduce((sum, sample) => sum + residual(sample) ** 2, 0);
  return { slope, error: Math.sqrt(unexplained / (count - 2) / spread) };
}
