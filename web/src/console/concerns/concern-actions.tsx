import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useNavigate } from 'react-router';

import type { ConcernDetail } from '../../../../src/http/contract-views.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { addresses } from '../data/addresses.ts';
import { useSteps, useWork } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { AnswerForm } from './answer-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { RedirectForm } from './redirect-form.tsx';
import { snoozeChoices, snoozeUntil } from './snooze-times.ts';
import { useQueueAddress } from './use-queue-address.ts';

/** 1 答复 2 合并 3 立题 4 转办 H 稍后: in this order everywhere. */
export function ConcernActions({ concern, onDone }: { concern: ConcernDetail; onDone: () => void }) {
  const { doing, show } = useQueueAddress();
  const isOpen = concern.state === 'open' || concern.state === 'reopened';
  if (!isOpen && concern.state !== 'inTopic') return null;
  const close = () => show(concern.id);
  const form = { concernIds: [concern.id], onDone, onCancel: close };
  return (
    <div className="concern-actions">
      <ActionButtons concern={concern} isOpen={isOpen} onDone={onDone} />
      <OpenForm key={doing}>
        {doing === 'answer' && <AnswerForm {...form} tell={tellWords(concern)} />}
        {doing === 'redirect' && isOpen && <RedirectForm {...form} />}
        {doing === 'merge' && isOpen && <MergeForm concernId={concern.id} onDone={onDone} onCancel={close} />}
      </OpenForm>
      {doing === undefined && (
        <p className="quiet">
          答复后会告诉：<bdi>{tellWords(concern)}</bdi>
        </p>
      )}
    </div>
  );
}

function ActionButtons({
  concern,
  isOpen,
  onDone,
}: {
  concern: ConcernDetail;
  isOpen: boolean;
  onDone: () => void;
}) {
  const { show, doing } = useQueueAddress();
  const { take } = useSteps();
  const { now } = useDates();
  const work = useWork();
  const navigate = useNavigate();
  const [similar] = concern.similar;
  const snooze = (until: string) =>
    void work
      .go(() => take('concern.snooze', { concernIds: [concern.id], until }))
      .then((done) => done && onDone());
  const merge = () => {
    if (!similar) return show(concern.id, 'merge');
    void work
      .go(() => take('concern.merge', { concernIds: [concern.id], intoId: similar.id }))
      .then((done) => done && onDone());
  };
  const choices = snoozeChoices(now);
  return (
    <>
      <div className="action-row" role="group" aria-label="办这条诉求">
        <Button type={doing === undefined ? 'primary' : 'default'} onClick={() => show(concern.id, 'answer')}>
          <Key>1</Key>答复
        </Button>
        {isOpen && (
          <>
            <Button onClick={merge}>
              <Key>2</Key>
              {similar ? `合并到#${similar.number}` : '合并'}
            </Button>
            <Button
              onClick={() =>
                void navigate(`${addresses.newTopic}?concerns=${encodeURIComponent(concern.id)}`)
              }
            >
              <Key>3</Key>立题
            </Button>
            <Button onClick={() => show(concern.id, 'redirect')}>
              <Key>4</Key>转办
            </Button>
            <Button onClick={() => snooze(snoozeUntil(now))} title="明天9:00再看">
              <Key>H</Key>稍后
            </Button>
            <Dropdown
              trigger={['click']}
              menu={{
                items: choices.map(({ label, until }) => ({ key: until, label })),
                onClick: ({ key }) => snooze(key),
              }}
            >
              <Button aria-label="稍后到别的时间" icon={<DownOutlined aria-hidden="true" />} />
            </Dropdown>
          </>
        )}
      </div>
      <ProblemNote problem={work.problem} />
    </>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd aria-hidden="true" className="key">
      {children}
    </kbd>
  );
}

/** Goes to the first field of a form that was just opened. */
function OpenForm({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, []);
  return <div ref={place}>{children}</div>;
}

/** 张桂兰和附议的7人 */
function tellWords(concern: ConcernDetail): string {
  const others = concern.willTell - 1;
  return others > 0 ? `${concern.authorName}和附议的${others}人` : concern.authorName;
}
