import { Button } from 'antd';

import type { ApiProblem } from '../api/client.ts';

/** What went wrong, in place, in words; with a way to try again. */
export function ProblemNote({
  problem,
  onAgain,
}: {
  problem: ApiProblem | null | undefined;
  onAgain?: () => void;
}) {
  if (!problem) return null;
  return (
    <div className="problem" role="alert">
      <span>{problem.message}</span>
      {onAgain && (
        <Button size="small" onClick={onAgain}>
          再试
        </Button>
      )}
    </div>
  );
}
