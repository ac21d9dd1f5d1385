import { Link, useParams } from 'react-router';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { addresses } from '../data/addresses.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { PaperList } from './paper-list.tsx';
import { PaperForm } from './paper-form.tsx';

/** Papers one after the other, by keyboard: room, Enter, choice, Enter. */
export function PaperPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<PollDetail> list="polls" id={id} noun="补录纸票">
      {(poll) => (
        <Page
          title={`补录纸票 议题#${poll.topicNumber}`}
          heading={
            <>
              补录纸票　议题#{poll.topicNumber} <bdi>{poll.title}</bdi>
            </>
          }
          actions={
            <Link to={addresses.poll(poll.id)} className="button">
              看表决
            </Link>
          }
        >
          {poll.state === 'open' ? (
            <PaperForm poll={poll} />
          ) : (
            <p className="card">表决已经截止，不能再录。</p>
          )}
          <PaperList pollId={poll.id} />
        </Page>
      )}
    </DetailPage>
  );
}
