import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link } from 'react-router';

import type { ConcernDetail } from '../../../../src/http/contract-views.ts';
import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useDetail } from '../data/reads.ts';
import { Page } from '../shared/page.tsx';
import { ConcernActions } from './concern-actions.tsx';
import { ConcernBody } from './concern-body.tsx';
import { ConcernFollowUp } from './concern-follow-up.tsx';
import { useQueueAddress } from './use-queue-address.ts';

interface ConcernPanelProps {
  readonly id: string;
  /** On phones it is a page of its own. */
  readonly isPage?: boolean;
  readonly onDone: () => void;
}

/** One concern: the author's words first, then what can be done, then everybody it concerns. */
export function ConcernPanel({ id, isPage = false, onDone }: ConcernPanelProps) {
  const query = useDetail<ConcernDetail>('concerns', id);
  const problem = <ProblemNote problem={query.error} onAgain={() => void query.refetch()} />;
  const concern = query.data;
  if (!concern) {
    const waiting = query.error ? problem : <LateSkeleton />;
    return isPage ? <Page title="诉求">{waiting}</Page> : waiting;
  }
  const content = (
    <>
      {problem}
      <ConcernBody concern={concern} />
      <ConcernActions concern={concern} onDone={onDone} />
      <ConcernFollowUp concern={concern} />
    </>
  );
  if (!isPage) {
    return (
      <>
        <h2 className="panel-title">
          诉求#{concern.number} <bdi>{concern.title}</bdi>
        </h2>
        {content}
      </>
    );
  }
  return (
    <>
      <BackToList />
      <Page
        title={`诉求#${concern.number}`}
        heading={
          <>
            诉求#{concern.number} <bdi>{concern.title}</bdi>
          </>
        }
      >
        <div className="card">{content}</div>
      </Page>
    </>
  );
}

function BackToList() {
  const { listAddress } = useQueueAddress();
  return (
    <Link to={listAddress} className="back">
      <ArrowLeftOutlined aria-hidden="true" /> 诉求列表
    </Link>
  );
}
