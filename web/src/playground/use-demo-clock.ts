import { useCallback, useEffect, useState } from 'react';

import { advanceClock, fetchClock, fetchStepsDone } from './server.ts';
import type { DemoClock, MessagesById, StepName } from './types.ts';

const LOOK_EVERY_MS = 4_000;
/** After the last of several messages: what they tell of is in the data by then. */
const SETTLED_MS = 400;

export interface ClockReading {
  readonly answer: DemoClock;
  /** Steady time of this page when the answer came. */
  readonly readAtMs: number;
}

/**
 * The demo's clock and the steps done, looked at after messages and every few seconds; a missed look is made up for by
 * the next one.
 */
export function useDemoClock(messages: MessagesById) {
  const [reading, setReading] = useState<ClockReading>();
  const [done, setDone] = useState<readonly StepName[]>([]);
  const [fired, setFired] = useState<DemoClock['fired']>();
  const [state, setState] = useState<'still' | 'moving' | 'failed'>('still');
  const keep = useCallback((answer: DemoClock) => setReading({ answer, readAtMs: performance.now() }), []);

  const look = useCallback(() => {
    fetchClock().then(keep, () => undefined);
    fetchStepsDone().then(setDone, () => undefined);
  }, [keep]);
  useEffect(() => {
    const looking = window.setInterval(look, LOOK_EVERY_MS);
    return () => window.clearInterval(looking);
  }, [look]);
  useEffect(() => {
    const timer = window.setTimeout(look, SETTLED_MS);
    return () => window.clearTimeout(timer);
  }, [look, messages]);

  const advance = async (seconds: number) => {
    if (state === 'moving') return;
    setState('moving');
    try {
      const answer = await advanceClock(seconds);
      keep(answer);
      setFired(answer.fired);
      setState('still');
    } catch {
      setState('failed');
    }
  };
  return { reading, done, fired, state, advance, forgetFired: () => setFired(undefined) };
}
