/** How many examples a property tries: `everyday` of them, and many times as many in `npm run nightly`. */
export function propertyRuns(everyday: number): number {
  return Math.ceil(everyday * Number(process.env.PROPERTY_RUNS_FACTOR ?? 1));
}
