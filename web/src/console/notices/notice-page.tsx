import { useParams } from 'react-router';

import type { NoticeDetail } from '../../../../src/http/contract-views.ts';
import { NOTICE_STATE_WORDS } from '../../../../src/texts/words.ts';
import { Facts } from '../../components/facts.tsx';
import { wordOf } from '../../components/word-of.ts';
import { useDates } from '../data/use-dates.ts';
import { DeliveryList } from '../shared/delivery-list.tsx';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { StepButton } from '../shared/step-button.tsx';

export function NoticePage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<NoticeDetail> list="notices" id={id} noun="通知">
      {(notice) => <Notice notice={notice} />}
    </DetailPage>
  );
}

function Notice({ notice }: { notice: NoticeDetail }) {
  const { moment } = useDates();
  const isWaiting = notice.state === 'prepared' || notice.state === 'scheduled';
  return (
    <Page title={`通知#${notice.number}`}>
      <section className="card" aria-label="通知内容">
        <p className="bubble">
          <bdi>{notice.text}</bdi>
        </p>
        <Facts
          rows={[
            ['现在', wordOf(NOTICE_STATE_WORDS, notice.state)],
            ['发到', `${notice.groups}个群，约${notice.people}人`],
            ['时间', notice.sendAt !== undefined && moment(notice.sendAt)],
            ['写的人', <bdi key="by">{notice.createdBy}</bdi>],
            ['急事', notice.urgent && '休息时间也发'],
            ['作废', notice.state === 'prepared' && `${moment(notice.expiresAt)}前没有确认就作废`],
          ]}
        />
        {isWaiting && (
          <div className="form-buttons">
            {notice.state === 'prepared' && (
              <StepButton
                step="notice.confirm"
                input={{ noticeId: notice.id }}
                label={`发给${notice.groups}个群`}
                type="primary"
              />
            )}
            {notice.state === 'scheduled' && (
              <StepButton step="notice.sendUrgently" input={{ noticeId: notice.id }} label="马上发" />
            )}
            <StepButton step="notice.cancel" input={{ noticeId: notice.id }} label="不发了" />
          </div>
        )}
      </section>
      <section className="card" aria-labelledby="delivery">
        <h2 id="delivery">每个群送到没有</h2>
        <DeliveryList rows={notice.delivery} />
      </section>
    </Page>
  );
}
