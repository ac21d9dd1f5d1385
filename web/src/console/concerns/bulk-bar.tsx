import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { StepButton } from '../shared/step-button.tsx';
import { AnswerForm } from './answer-form.tsx';
import { MergeChosenForm } from './merge-form.tsx';
import { RedirectForm } from './redirect-form.tsx';
import { snoozeUntil } from './snooze-times.ts';

type Doing = 'answer' | 'merge' | 'redirect';

/** One step for several concerns. What fails leaves them chosen. */
export function BulkBar({
  rows,
  onClear,
  onDone,
}: {
  rows: readonly ConcernRow[];
  onClear: () => void;
  onDone: () => void;
}) {
  const [doing, setDoing] = useState<Doing | undefined>(undefined);
  const navigate = useNavigate();
  const { now } = useDates();
  const concernIds = rows.map((row) => row.id);
  const finish = () => {
    setDoing(undefined);
    onClear();
    onDone();
  };
  if (rows.length === 0) return null;
  const form = { concernIds, onDone: finish, onCancel: () => setDoing(undefined) };
  return (
    <div className="bulk-bar" role="region" aria-label="选上的诉求">
      <span className="bulk-count" role="status">
        已选{rows.length}条
      </span>
      <Button onClick={() => setDoing('merge')}>合并</Button>
      <Button onClick={() => setDoing('answer')}>答复</Button>
      <Button
        onClick={() =>
          void navigate(`${addresses.newTopic}?concerns=${concernIds.map(encodeURIComponent).join(',')}`)
        }
      >
        立题
      </Button>
      <Button onClick={() => setDoing('redirect')}>转办</Button>
      <StepButton
        step="concern.snooze"
        input={{ concernIds, until: snoozeUntil(now) }}
        label="稍后"
        onDone={finish}
      />
      <Button type="text" onClick={onClear}>
        不选了
      </Button>
      <Modal
        open={doing !== undefined}
        onCancel={() => setDoing(undefined)}
        footer={null}
        destroyOnHidden
        title={titleOf(doing, rows.length)}
      >
        {doing === 'answer' && <AnswerForm {...form} tell={`提出和附议这${rows.length}条的每一位`} />}
        {doing === 'redirect' && <RedirectForm {...form} />}
        {doing === 'merge' && <MergeChosenForm rows={rows} onDone={finish} onCancel={form.onCancel} />}
      </Modal>
    </div>
  );
}

function titleOf(doing: Doing | undefined, count: number): string {
  const verbs = { answer: '一起答复', merge: '合并', redirect: '一起转办' } as const;
  return doing === undefined ? '' : `${verbs[doing]}${count}条诉求`;
}
