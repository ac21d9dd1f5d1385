import { useSession } from '../data/session.ts';
import { Page } from '../shared/page.tsx';
import { AsideList } from './aside-list.tsx';
import { MachineryPanel } from './machinery-panel.tsx';

/** What did not arrive, for secretaries; how the program itself fares, for admins. */
export function OperationsPage() {
  const { me } = useSession();
  return (
    <Page title="运行">
      <AsideList />
      {me.roles.includes('admin') && <MachineryPanel />}
    </Page>
  );
}
