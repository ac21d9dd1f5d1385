import type { ReactNode } from 'react';

import type { ApiProblem } from '../../api/client.ts';
import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';

interface LoadedProps<Data> {
  readonly data: Data | undefined;
  readonly error: ApiProblem | null;
  readonly onAgain: () => void;
  readonly children: (data: Data) => ReactNode;
}

/** Old content stays while new loads; an error stands above it and never takes it away. */
export function Loaded<Data>({ data, error, onAgain, children }: LoadedProps<Data>) {
  return (
    <>
      <ProblemNote problem={error} onAgain={onAgain} />
      {data !== undefined ? children(data) : !error && <LateSkeleton />}
    </>
  );
}
