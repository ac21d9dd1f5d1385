import { Button } from 'antd';
import { useEffect, useState } from 'react';

/** What was just done; with `requestId` it can be taken back until `endsAtMs` (this computer's clock). */
export interface Said {
  readonly text: string;
  readonly endsAtMs: number;
  readonly requestId?: string;
  readonly undoWord?: string;
  readonly failed?: boolean;
}

/** Says at the foot of the page what was done, and offers the way back with the seconds left. */
export function UndoBar({
  said,
  onUndo,
  onGone,
}: {
  said: Said | undefined;
  onUndo: () => void;
  onGone: () => void;
}) {
  return (
    <div
      className="said"
      role={said?.failed ? 'alert' : 'status'}
      aria-live={said?.failed ? 'assertive' : 'polite'}
    >
      {said && <SaidLine key={`${said.text}|${said.endsAtMs}`} said={said} onUndo={onUndo} onGone={onGone} />}
    </div>
  );
}

function SaidLine({ said, onUndo, onGone }: { said: Said; onUndo: () => void; onGone: () => void }) {
  const secondsLeft = useSecondsLeft(said.endsAtMs, onGone);
  return (
    <div className="said-line">
      <bdi>{said.text}</bdi>
      {said.requestId !== undefined && (
        <Button type="text" className="said-undo" onClick={onUndo}>
          {said.undoWord ?? '撤销'}
          <span className="said-seconds" aria-hidden="true">
            {secondsLeft}秒
          </span>
        </Button>
      )}
    </div>
  );
}

function useSecondsLeft(endsAtMs: number, onGone: () => void): number {
  const [left, setLeft] = useState(() => Math.ceil((endsAtMs - Date.now()) / 1_000));
  useEffect(() => {
    const timer = setInterval(() => {
      const ms = endsAtMs - Date.now();
      if (ms <= 0) onGone();
      else setLeft(Math.ceil(ms / 1_000));
    }, 250);
    return () => clearInterval(timer);
  }, [endsAtMs, onGone]);
  return left;
}
