import { createContext, useCallback, useContext, useState } from 'react';

import type { StepAnswer, StepInput, StepName } from '../../../../src/http/contract.ts';
import { ApiProblem } from '../../api/client.ts';

export interface StepsContextValue {
  /** Takes a step; throws ApiProblem. `quiet`: a part of a larger step, nothing is said about it. */
  readonly take: <Name extends StepName>(
    name: Name,
    input: StepInput<Name>,
    quiet?: boolean,
  ) => Promise<StepAnswer>;
  /** Takes the last step back, while that is possible. */
  readonly undo: () => void;
}

export const StepsContext = createContext<StepsContextValue | undefined>(undefined);

export function useSteps(): StepsContextValue {
  const steps = useContext(StepsContext);
  if (!steps) throw new Error('used outside the steps of the console');
  return steps;
}

/**
 * One button or form: `go` runs the work once at a time and keeps the problem for showing it in place. It resolves to
 * undefined when the work failed.
 */
export function useWork() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  const go = useCallback(async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    setBusy(true);
    try {
      const result = await work();
      setProblem(undefined);
      return result;
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, go, clear: () => setProblem(undefined) };
}

function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(500, { code: 'page.failed', message: '没保存上，写的还在，过一会儿再试。' });
}
