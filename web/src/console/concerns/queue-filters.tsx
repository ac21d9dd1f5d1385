import { Button, Input } from 'antd';
import { useState } from 'react';

import type { TodayAnswer } from '../../../../src/http/contract-views.ts';
import { TabLinks } from '../../components/tab-links.tsx';
import { useRead } from '../data/reads.ts';
import type { QueueAddress } from './use-queue-address.ts';

const TABS = [
  { key: 'open', label: '没看' },
  { key: 'snoozed', label: '稍后' },
  { key: 'inTopic', label: '在议题里' },
  { key: 'answered', label: '已答复' },
  { key: 'merged', label: '合并的' },
  { key: 'all', label: '全部' },
] as const;

export const QUEUE_SEARCH_ID = 'queue-search';

/** Tabs and search of the queue. */
export function QueueFilters({ address }: { address: QueueAddress }) {
  const [words, setWords] = useState(address.search);
  const { data } = useRead<TodayAnswer>('today');
  return (
    <div className="filters">
      <TabLinks
        label="诉求分类"
        current={address.state}
        tabs={TABS.map(({ key, label }) => ({
          key,
          label,
          count: key === 'open' ? data?.counts.unanswered : undefined,
          to: address.tabAddress(key),
        }))}
      />
      <form
        className="filter-search"
        onSubmit={(event) => {
          event.preventDefault();
          address.searchFor(words.trim());
        }}
      >
        <Input
          id={QUEUE_SEARCH_ID}
          aria-label="在诉求里找"
          placeholder="找内容、名字、编号"
          value={words}
          maxLength={60}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button htmlType="submit">找</Button>
        {address.search !== '' && <Button onClick={() => address.searchFor('')}>不找了</Button>}
      </form>
    </div>
  );
}
