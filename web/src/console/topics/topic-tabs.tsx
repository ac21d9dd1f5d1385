import { TabLinks } from '../../components/tab-links.tsx';
import { addresses } from '../data/addresses.ts';

/** Polls belong to topics: they share a place in the menu. */
export function TopicTabs({ current }: { current: 'topics' | 'polls' }) {
  return (
    <TabLinks
      label="议题和表决"
      current={current}
      tabs={[
        { key: 'topics', label: '议题', to: addresses.topics },
        { key: 'polls', label: '表决', to: addresses.polls },
      ]}
    />
  );
}
