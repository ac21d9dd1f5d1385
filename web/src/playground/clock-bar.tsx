import { useCallback, useEffect, useState } from 'react';

import { advanceClock, fetchClock } from './server.ts';
import type { DemoClock } from './types.ts';

const HOUR_S = 3_600;
const DAY_S = 86_400;
const LOOK_EVERY_MS = 5_000;
const TICK_MS = 1_000;

const words = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** The demo's clock: shows the time and moves it forward, so that deadlines can be seen in a minute. */
export function ClockBar() {
  const [clock, setClock] = useState<{ answer: DemoClock; readAtMs: number }>();
  const [moving, setMoving] = useState(false);
  const [, tick] = useState(0);
  const keep = useCallback((answer: DemoClock) => setClock({ answer, readAtMs: performance.now() }), []);

  useEffect(() => {
    const look = () => {
      // A missed look is made up for by the next one.
      fetchClock().then(keep, () => undefined);
    };
    look();
    const looking = window.setInterval(look, LOOK_EVERY_MS);
    const ticking = window.setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => {
      window.clearInterval(looking);
      window.clearInterval(ticking);
    };
  }, [keep]);

  if (!clock) return null;
  const nowMs = Date.parse(clock.answer.now) + performance.now() - clock.readAtMs;
  const { next } = clock.answer;
  const advance = (seconds: number) => {
    setMoving(true);
    advanceClock(seconds).then(keep, () => undefined).finally(() => setMoving(false));
  };
  const untilNextS = next ? Math.max(1, Math.ceil((Date.parse(next.at) - nowMs) / 1_000)) : 0;

  return (
    <div className="clock" role="group" aria-label="演示时间" aria-busy={moving}>
      <time dateTime={new Date(nowMs).toISOString()}>{words.format(nowMs)}</time>
      <button type="button" onClick={() => advance(HOUR_S)}>
        +1小时
      </button>
      <button type="button" onClick={() => advance(DAY_S)}>
        +1天
      </button>
      {next && (
        <button type="button" onClick={() => advance(untilNextS)}>
          到下一个期限（{next.label}）
        </button>
      )}
    </div>
  );
}
