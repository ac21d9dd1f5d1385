import { useEffect, useState } from 'react';

import { dayWords, timeWords } from './moments.ts';
import type { ClockReading, useDemoClock } from './use-demo-clock.ts';

const HOUR_S = 3_600;
const DAY_S = 86_400;
const TICK_MS = 1_000;

const nowOf = ({ answer, readAtMs }: ClockReading) => Date.parse(answer.now) + performance.now() - readAtMs;
const momentWords = (at: number) => `${dayWords(at)}${timeWords(at)}`;

type ClockBarProps = Pick<ReturnType<typeof useDemoClock>, 'reading' | 'state' | 'advance'>;

/** The demo's clock: shows the time and moves it forward, so that deadlines can be seen in a minute. */
export function ClockBar({ reading, state, advance }: ClockBarProps) {
  if (!reading) return null;
  const { next } = reading.answer;
  const untilNextS = (at: string) => Math.max(1, Math.ceil((Date.parse(at) - nowOf(reading)) / 1_000));
  return (
    <div className="clock" role="group" aria-label="演示时间" aria-busy={state === 'moving'}>
      <Ticking reading={reading} />
      <button type="button" onClick={() => void advance(HOUR_S)}>
        +1小时
      </button>
      <button type="button" onClick={() => void advance(DAY_S)}>
        +1天
      </button>
      {next && (
        <button type="button" onClick={() => void advance(untilNextS(next.at))}>
          到下一个期限（{next.label}）
        </button>
      )}
      <span className="moving" role="status">
        {state === 'moving' ? '正在拨…' : state === 'failed' ? '没拨成，再点一次' : ''}
      </span>
    </div>
  );
}

/** Only this part is drawn anew every second. */
function Ticking({ reading }: { readonly reading: ClockReading }) {
  const [atMs, setAtMs] = useState(() => nowOf(reading));
  useEffect(() => {
    const timer = window.setInterval(() => setAtMs(nowOf(reading)), TICK_MS);
    return () => window.clearInterval(timer);
  }, [reading]);
  // A fresh reading counts at once, a tick in between by its own time.
  const shown = Math.max(atMs, Date.parse(reading.answer.now));
  return <time dateTime={new Date(shown).toISOString()}>{momentWords(shown)}</time>;
}

interface FiredListProps {
  readonly fired: ReturnType<typeof useDemoClock>['fired'];
  readonly onClose: () => void;
}

/** What happened by itself while the clock was moved, in order. */
export function FiredList({ fired, onClose }: FiredListProps) {
  return (
    <div className="fired" role="status">
      {fired && (
        <>
          <p>{fired.length === 0 ? '时间往前走了，没有到期的事。' : '刚才到点的：'}</p>
          <ol>
            {gathered(fired).map(({ at, label, times }) => (
              <li key={`${at} ${label}`}>
                <time dateTime={at}>{momentWords(Date.parse(at))}</time> {label}
                {times > 1 && `，共${String(times)}次`}
              </li>
            ))}
          </ol>
          <button type="button" className="quiet" onClick={onClose}>
            收起
          </button>
        </>
      )}
    </div>
  );
}

interface Gathered {
  readonly at: string;
  readonly label: string;
  readonly times: number;
}

/** The same thing several times in a row is one line. */
function gathered(fired: readonly { readonly at: string; readonly label: string }[]): readonly Gathered[] {
  return fired.reduce<readonly Gathered[]>((all, { at, label }) => {
    const last = all.at(-1);
    if (last?.label !== label) return [...all, { at, label, times: 1 }];
    return [...all.slice(0, -1), { ...last, times: last.times + 1 }];
  }, []);
}
