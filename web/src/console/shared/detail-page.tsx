import type { ReactNode } from 'react';

import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useDetail } from '../data/reads.ts';
import { Page } from './page.tsx';

/** One thing by its id: while it loads or fails the page has its heading already. */
export function DetailPage<Detail>({
  list,
  id,
  noun,
  children,
}: {
  list: string;
  id: string;
  noun: string;
  children: (detail: Detail) => ReactNode;
}) {
  const query = useDetail<Detail>(list, id);
  const again = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        <ProblemNote problem={query.error} onAgain={again} />
        {children(query.data)}
      </>
    );
  }
  return (
    <Page title={noun}>
      {query.error ? <ProblemNote problem={query.error} onAgain={again} /> : <LateSkeleton />}
    </Page>
  );
}
