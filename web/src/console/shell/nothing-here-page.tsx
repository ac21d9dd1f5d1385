import { Link } from 'react-router';

import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { Page } from '../shared/page.tsx';

export function NothingHerePage() {
  return (
    <Page title="没有这一页">
      <EmptyNote start={<Link to={addresses.today}>回到今天</Link>}>
        这个地址没有内容，可能少了几个字。
      </EmptyNote>
    </Page>
  );
}
