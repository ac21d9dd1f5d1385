import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactNode } from 'react';

import type { StepInput, StepName } from '../../../../src/http/contract.ts';
import { ApiProblem } from '../../api/client.ts';
import { newRequestId, takeStep, undoStep } from '../../api/steps.ts';
import { UndoBar, type Said } from '../shell/undo-bar.tsx';
import { createPressMemory } from './press-memory.ts';
import { READS } from './reads.ts';
import { useSession } from './session.ts';
import { saidWords } from './said-words.ts';
import { StepsContext } from './steps-context.ts';

/** A little less than the server's ten seconds: a press in the last moment shall still arrive. */
const UNDO_MS = 9_500;
const SAID_MS = 6_000;
const LONGEST_KEPT = 20_000;
const presses = createPressMemory(newRequestId);

/** Takes steps for the whole console and shows what was done, with the way back. */
export function StepsProvider({ children }: { children: ReactNode }) {
  const { placeId } = useSession();
  const client = useQueryClient();
  const [said, setSaid] = useState<Said | undefined>(undefined);
  const reload = useCallback(() => client.invalidateQueries({ queryKey: [READS] }), [client]);

  const take = useCallback(
    async <Name extends StepName>(name: Name, input: StepInput<Name>, quiet = false) => {
      const press = JSON.stringify([placeId, name, input], withoutPhotos);
      const requestId = presses.idFor(press, Date.now());
      try {
        const answer = await takeStep(placeId, name, input, requestId);
        presses.worked(press, Date.now());
        if (!quiet)
          setSaid(saidOf(name, requestId, saidWords(name, answer.summary), answer.undoUntil !== undefined));
        void reload();
        return answer;
      } catch (error) {
        if (wasRefused(error)) presses.refused(press);
        if (error instanceof ApiProblem && error.status === 409) void reload();
        throw error;
      }
    },
    [placeId, reload],
  );

  const undo = useCallback(() => {
    if (said?.requestId === undefined || Date.now() > said.endsAtMs) return;
    const { requestId } = said;
    presses.undone(requestId);
    setSaid({ text: '正在撤销', endsAtMs: Date.now() + SAID_MS });
    undoStep(placeId, requestId)
      .then(({ summary }) => setSaid({ text: summary, endsAtMs: Date.now() + SAID_MS }))
      .catch((error: unknown) =>
        setSaid({ text: undoProblem(error), failed: true, endsAtMs: Date.now() + SAID_MS }),
      )
      .finally(() => void reload());
  }, [placeId, reload, said]);

  const value = useMemo(() => ({ take, undo }), [take, undo]);
  return (
    <StepsContext value={value}>
      {children}
      <UndoBar said={said} onUndo={undo} onGone={() => setSaid(undefined)} />
    </StepsContext>
  );
}

/** Steps that go out to groups are called back (撤回); the others are undone (撤销). */
const TO_GROUPS: ReadonlySet<StepName> = new Set<StepName>([
  'poll.open',
  'meeting.call',
  'meeting.move',
  'meeting.cancel',
  'outcome.publish',
  'notice.confirm',
]);

function saidOf(name: StepName, requestId: string, text: string, canUndo: boolean): Said {
  if (!canUndo) return { text, endsAtMs: Date.now() + SAID_MS };
  return { text, requestId, undoWord: TO_GROUPS.has(name) ? '撤回' : '撤销', endsAtMs: Date.now() + UNDO_MS };
}

/** A photo is told apart by its length and its end: millions of signs are not kept for that. */
function withoutPhotos(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > LONGEST_KEPT
    ? `${value.length}:${value.slice(-64)}`
    : value;
}

/** Refused for a reason, so it had no effect; a broken connection leaves that open. */
function wasRefused(error: unknown): boolean {
  return error instanceof ApiProblem && error.status >= 400 && error.status < 500;
}

function undoProblem(error: unknown): string {
  return error instanceof ApiProblem ? error.message : '没撤销成，请看最新内容。';
}
