import { Link } from 'react-router';

import type { MeetingRow } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { MeetingRows } from './meeting-rows.tsx';

export function MeetingsPage() {
  const list = useList<MeetingRow>('meetings');
  const steady = useSteadyRows(list.items, 'meetings', list.updatedAt);
  return (
    <Page
      title="协商会"
      actions={
        <Link to={addresses.newMeeting} className="button button-primary">
          发会议通知
        </Link>
      }
    >
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() =>
          steady.rows.length === 0 ? (
            <EmptyNote>还没有会。发了通知，这里看得到谁来、谁请假。</EmptyNote>
          ) : (
            <MeetingRows meetings={steady.rows} />
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}
