import { Button } from 'antd';
import { useState } from 'react';

import type { IdentityLinkRow, VerificationRow } from '../../../../src/http/contract-roster.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { useList } from '../data/reads.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { Page } from '../shared/page.tsx';
import { ReasonForm } from '../shared/reason-form.tsx';
import { StepButton } from '../shared/step-button.tsx';
import { PeopleTabs } from './people-tabs.tsx';

/** Who said who they are, and waits for somebody to look. */
export function VerificationsPage() {
  const list = useList<VerificationRow>('verifications');
  return (
    <Page title="等核对">
      <PeopleTabs current="verifications" />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNote>
              没有人等核对。居民私聊助手说「绑定 3-2-501 王芳 尾号1234」，对不上的会在这里。
            </EmptyNote>
          ) : (
            rows.map((row) => <Verification key={row.id} row={row} />)
          )
        }
      </Loaded>
      <IdentityLinks />
    </Page>
  );
}

/** Accounts that residents made one with a code; a mistake is taken apart. */
function IdentityLinks() {
  const list = useList<IdentityLinkRow>('identity-links');
  const { moment } = useDates();
  if (!list.items || list.items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="identity-links">
      <h2 id="identity-links">关联过的账号，算一个人</h2>
      <ul className="rows">
        {list.items.map((link) => (
          <li key={link.id} className="row">
            <span className="row-main">
              <bdi>{link.keptName}</bdi>和<bdi>{link.goneName}</bdi>
              <span className="row-note">{moment(link.at)}</span>
            </span>
            <span className="row-side">
              <StepButton
                step="roster.unlinkIdentities"
                input={{ linkId: link.id }}
                label={`拆开${link.goneName}`}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verification({ row }: { row: VerificationRow }) {
  const { moment } = useDates();
  const [refusing, setRefusing] = useState(false);
  const { take } = useSteps();
  return (
    <section className="card" aria-label={`${row.spokenName}等核对`}>
      <p>
        群里的<bdi>「{row.spokenName}」</bdi>说自己是 <bdi>{row.label}</bdi> <bdi>{row.name}</bdi>
        {row.phoneTail !== undefined && `，尾号${row.phoneTail}`}
        <span className="row-note">　{moment(row.saidAt)}</span>
      </p>
      {row.candidates.length === 0 && <p className="quiet">名册里没有这一户。</p>}
      <ul className="rows">
        {row.candidates.map((candidate) => (
          <li key={candidate.residentId} className="row">
            <span className="row-main">
              <bdi>{candidate.name}</bdi>
              <span className="row-note">
                {candidate.phoneTail === undefined ? '名册里没有尾号' : `尾号${candidate.phoneTail}`}
              </span>
            </span>
            <span className="row-side">
              {candidate.isSameName && <Tag tone="blue">姓名一样</Tag>}
              {candidate.isTaken && <Tag tone="yellow">已对上别人</Tag>}
              <StepButton
                step="roster.decide"
                input={{ verificationId: row.id, residentId: candidate.residentId }}
                label={`是${candidate.name}`}
              />
            </span>
          </li>
        ))}
      </ul>
      {refusing ? (
        <ReasonForm
          label="为什么对不上"
          hint="会发给他"
          action="退回，告诉他"
          run={(reason) => take('roster.decide', { verificationId: row.id, reason })}
          onDone={() => setRefusing(false)}
          onCancel={() => setRefusing(false)}
        />
      ) : (
        <Button onClick={() => setRefusing(true)}>都不是，退回</Button>
      )}
    </section>
  );
}
