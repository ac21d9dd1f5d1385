import { useEffect, useState } from 'react';

import type { Message, Weather } from './types.ts';

const SLOW_MS = 4_000;

/** What has reached this phone: all of it, later, or only what came before the network went. */
export function useReceived(messages: readonly Message[], weather: Weather) {
  /** How many had come when the weather turned. */
  const [held, setHeld] = useState(0);
  const count = messages.length;
  useEffect(() => {
    if (weather !== 'slow') return undefined;
    const timer = window.setTimeout(() => setHeld(count), SLOW_MS);
    return () => window.clearTimeout(timer);
  }, [weather, count]);
  const isHeld = weather === 'offline' || weather === 'slow';
  return { received: isHeld ? messages.slice(0, held) : messages, holdFromHere: () => setHeld(count) };
}
