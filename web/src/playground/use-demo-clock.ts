import { useCallback, useEffect, useState } from 'react';

import { advanceClock, fetchClock, fetchStepsDone } from './server.ts';
import type { DemoClock, StepName } from './types.ts';

const LOOK_EVERY_MS = 4_000;

export interface ClockReading {
  readonly answer: DemoClock;
  /** Steady time of this page when the answer came. */
  readonly readAtMs: number;
}

/** The demo's clock and the steps done, looked at every few seconds; a missed look is made up for by the next one. */
export function useDemoClock() {
  const [reading, setReading] = useState<ClockReading>();
  const [done, setDone] = useState<readonly StepName[]>([]);
  const [fired, setFired] = useState<DemoClock['fired']>();
  const [state, setState] = useState<'still' | 'moving' | 'failed'>('still');
  const keep = useCallback((answer: DemoClock) => setReading({ answer, readAtMs: performance.now() }), []);

  useEffect(() => {
    const look = () => {
      fetchClock().then(keep, () => undefined);
      fetchStepsDone().then(setDone, () => undefined);
    };
    look();
    const looking = window.setInterval(look, LOOK_EVERY_MS);
    return () => window.clearInterval(looking);
  }, [keep]);

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
