import { useState } from 'react';

import { setWeather as tellServer } from './server.ts';
import type { Conversation, Weather } from './types.ts';

/** Weather at the vendor is the server's; what happens on the phone it does not know. */
const serverSide = (weather: Weather): Conversation['weather'] =>
  weather === 'removed' || weather === 'needsTap' ? weather : 'normal';

/** The weather of one phone. When the server does not take a change, the old weather stays and `failed` says so. */
export function useWeather(conversation: Conversation) {
  const [weather, setWeather] = useState<Weather>(conversation.weather);
  const [failed, setFailed] = useState(false);

  const change = async (next: Weather) => {
    setFailed(false);
    try {
      if (serverSide(next) !== serverSide(weather)) await tellServer(conversation.id, serverSide(next));
      setWeather(next);
    } catch {
      setFailed(true);
    }
  };
  /** Somebody taps: what waits goes out, what comes next waits again. */
  const tap = async () => {
    try {
      await tellServer(conversation.id, 'normal');
      await tellServer(conversation.id, 'needsTap');
    } catch {
      setFailed(true);
    }
  };
  return { weather, failed, change, tap };
}
