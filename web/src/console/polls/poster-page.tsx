import { Button } from 'antd';
import { Link, useParams } from 'react-router';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { VOTE_PAGE_WORDS } from '../../../../src/texts/vote-page-words.ts';
import { QrCode } from '../../components/qr-code.tsx';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { posterSize } from './poster-size.ts';

/** One sheet for the notice board: what is asked, of whom, until when, and every way to answer. */
export function PosterPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<PollDetail> list="polls" id={id} noun="海报">
      {(poll) => (
        <Page
          title={`海报 议题#${poll.topicNumber}`}
          actions={
            <>
              <Link to={addresses.poll(poll.id)} className="button">
                回表决
              </Link>
              {poll.state === 'open' && (
                <Button type="primary" onClick={() => window.print()}>
                  打印海报
                </Button>
              )}
            </>
          }
        >
          {poll.state === 'open' ? (
            <Sheet poll={poll} />
          ) : (
            <p className="card">这个表决结束了，不用再贴海报。</p>
          )}
        </Page>
      )}
    </DetailPage>
  );
}

function Sheet({ poll }: { poll: PollDetail }) {
  const { moment } = useDates();
  return (
    <article className="sheet" aria-label="海报" data-size={posterSize(poll)}>
      <p className="sheet-asks">{VOTE_PAGE_WORDS.asks(poll.place.name, poll.topicNumber)}</p>
      <h2 className="sheet-title">
        <bdi>{poll.title}</bdi>
      </h2>
      <dl className="sheet-facts">
        <dt>谁能投</dt>
        <dd>
          <bdi>{poll.electorate}</bdi>
        </dd>
        <dt>截止时间</dt>
        <dd>{moment(poll.closesAt)}</dd>
      </dl>
      <ol className="sheet-options" aria-label="选项">
        {poll.options.map((option) => (
          <li key={option}>
            <bdi>{option}</bdi>
          </li>
        ))}
      </ol>
      <SheetWays poll={poll} />
      <p className="sheet-foot">{VOTE_PAGE_WORDS.frozen(poll.openingCode)}</p>
    </article>
  );
}

function SheetWays({ poll: { voteLink, place, showsNames } }: { poll: PollDetail }) {
  return (
    <div className="sheet-ways">
      {voteLink !== undefined && <QrCode url={voteLink} label="投票页的二维码" />}
      <div>
        {voteLink !== undefined && (
          <>
            <p className="sheet-call">扫一扫，看题目，去投票</p>
            <p className="sheet-link">{voteLink}</p>
            <p>要用议事助手私聊发给您的6位投票码。{showsNames && '这次记名，截止后大家查得到。'}</p>
          </>
        )}
        <p>{VOTE_PAGE_WORDS.help(place.contact)}</p>
      </div>
    </div>
  );
}
