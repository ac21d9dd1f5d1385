import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';

import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import type { List } from '../data/reads.ts';
import type { useSteadyRows } from '../data/steady-rows.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { KeyHelp } from './key-help.tsx';
import { QueueRow } from './queue-row.tsx';
import { useQueueKeys } from './use-queue-keys.ts';
import type { QueueAddress } from './use-queue-address.ts';
import { useSelection } from './use-selection.ts';

interface ConcernQueueProps {
  readonly list: List<ConcernRow>;
  readonly steady: ReturnType<typeof useSteadyRows<ConcernRow>>;
  readonly address: QueueAddress;
}

/** The rows of the queue: mouse, touch and keys; several at once. */
export function ConcernQueue({ list, steady, address }: ConcernQueueProps) {
  const { rows } = steady;
  const navigate = useNavigate();
  const selection = useSelection(rows);
  const [helpOpen, setHelpOpen] = useState(false);
  const onKeyDown = useQueueKeys({
    rows,
    address,
    toggle: (id) => selection.toggle(id, false),
    openTopic: (id) => void navigate(`${addresses.newTopic}?concerns=${encodeURIComponent(id)}`),
    openHelp: () => setHelpOpen(true),
    onDone: steady.acceptNext,
  });
  return (
    <>
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() =>
          rows.length === 0 ? (
            <EmptyQueue address={address} />
          ) : (
            // Keys belong to the list as a whole; every row holds its own link and checkbox.
            <ul className="queue" onKeyDown={onKeyDown} aria-busy={list.isOld}>
              {rows.map((row) => (
                <QueueRow
                  key={row.id}
                  row={row}
                  to={address.addressOf(row.id)}
                  isCurrent={row.id === address.id}
                  isChosen={selection.has(row.id)}
                  onChoose={(isRange) => selection.toggle(row.id, isRange)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
      <p className="keys-hint">
        <Button type="link" onClick={() => setHelpOpen(true)}>
          键盘快捷键
        </Button>
      </p>
      <KeyHelp open={helpOpen} onClose={() => setHelpOpen(false)} />
      <BulkBar rows={selection.rows} onClear={selection.clear} onDone={steady.acceptNext} />
    </>
  );
}

const EMPTY: Readonly<Record<string, string>> = {
  open: '都看完了。居民提了新的诉求，会出现在这里。',
  snoozed: '没有放到稍后的诉求。',
  inTopic: '还没有诉求列入议题。',
  answered: '答复过的诉求会在这里。',
  merged: '合并过的诉求会在这里，随时能拆开。',
};

function EmptyQueue({ address }: { address: QueueAddress }) {
  if (address.search !== '') {
    return (
      <EmptyNote start={<Link to={address.tabAddress('all')}>到全部诉求里找</Link>}>
        没有找到「{address.search}」。
      </EmptyNote>
    );
  }
  const start =
    address.state === 'open' ? <Link to={address.tabAddress('snoozed')}>看放到稍后的</Link> : undefined;
  return (
    <EmptyNote start={start ?? <Link to={addresses.newConcern}>代居民录一条</Link>}>
      {EMPTY[address.state] ?? '还没有诉求。'}
    </EmptyNote>
  );
}
