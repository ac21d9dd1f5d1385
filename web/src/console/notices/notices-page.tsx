import { Link } from 'react-router';

import type { NoticeRow } from '../../../../src/http/contract-views.ts';
import { NOTICE_STATE_WORDS } from '../../../../src/texts/words.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { NOTICE_TEMPLATES } from './notice-templates.ts';

export function NoticesPage() {
  const list = useList<NoticeRow>('notices');
  const steady = useSteadyRows(list.items, 'notices', list.updatedAt);
  return (
    <Page
      title="通知"
      actions={
        <Link to={addresses.newNotice} className="button button-primary">
          写通知
        </Link>
      }
    >
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() => (steady.rows.length === 0 ? <NoNotices /> : <NoticeRows notices={steady.rows} />)}
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

function NoNotices() {
  return (
    <EmptyNote
      start={
        <ul className="plain-list">
          {NOTICE_TEMPLATES.map(({ key, name }) => (
            <li key={key}>
              <Link to={`${addresses.newNotice}?template=${key}`}>{name}</Link>
            </li>
          ))}
        </ul>
      }
    >
      发出的通知在这里，看得到每个群送到没有。可以从模板写起：
    </EmptyNote>
  );
}

function NoticeRows({ notices }: { notices: readonly NoticeRow[] }) {
  const { moment } = useDates();
  return (
    <ul className="rows card-rows">
      {notices.map((notice) => (
        <li key={notice.id} className="row">
          <span className="row-main">
            <Link to={addresses.notice(notice.id)} className="row-link">
              通知#{notice.number} <bdi className="clip">{notice.text}</bdi>
            </Link>
            <span className="row-note">
              {moment(notice.sendAt ?? notice.createdAt)}，{notice.groups}个群
              {notice.state === 'sent' && `，发出${notice.delivered}`}
            </span>
          </span>
          <span className="row-side">
            {notice.failed > 0 && (
              <Tag tone="red">
                <span aria-hidden="true">■</span> 没送到{notice.failed}
              </Tag>
            )}
            <Tag tone={notice.state === 'sent' ? 'green' : 'plain'}>
              {wordOf(NOTICE_STATE_WORDS, notice.state)}
            </Tag>
          </span>
        </li>
      ))}
    </ul>
  );
}
