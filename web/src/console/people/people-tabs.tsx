import type { RosterSummaryAnswer } from '../../../../src/http/contract-roster.ts';
import { TabLinks } from '../../components/tab-links.tsx';
import { addresses } from '../data/addresses.ts';
import { useRead } from '../data/reads.ts';

/** Who speaks in the chats, and who lives where. */
export function PeopleTabs({ current }: { current: 'people' | 'roster' | 'verifications' | 'lists' }) {
  const summary = useRead<RosterSummaryAnswer>('roster');
  return (
    <TabLinks
      label="居民和名册"
      current={current}
      tabs={[
        { key: 'people', label: '群里的人', to: addresses.people },
        { key: 'roster', label: '名册', to: addresses.roster },
        { key: 'verifications', label: '等核对', to: addresses.verifications, count: summary.data?.waiting },
        { key: 'lists', label: '名单', to: addresses.rosterLists },
      ]}
    />
  );
}
