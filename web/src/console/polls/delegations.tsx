import { Button } from 'antd';
import { useState } from 'react';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import type { VoterRow } from '../../../../src/http/contract-roster.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSession } from '../data/session.ts';
import { useSteps, useWork } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { votersAt } from './voters-at.ts';

const STATES = {
  standing: '还没代投',
  used: '已代投',
  withdrawn: '已撤销',
  declined: '受托人退回了',
} as const;
const WAYS = { paper: '委托书', chat: '本人私聊' } as const;

/** Who authorised whom to vote for them; the secretary enters written ones, and takes them back. */
export function Delegations({ poll }: { poll: PollDetail }) {
  if (poll.proxiesPerHolder === undefined) return null;
  return (
    <section className="card" aria-labelledby="delegations">
      <h2 id="delegations">委托</h2>
      <p className="quiet">
        受托的一{poll.unit}最多替{poll.proxiesPerHolder}
        {poll.unit}投，不能转托。本人自己投的，以本人的为准。
      </p>
      {poll.delegations.length === 0 ? (
        <p>还没有人委托。</p>
      ) : (
        <ul className="plain-list">
          {poll.delegations.map((delegation) => (
            <Line key={`${delegation.voterId} ${delegation.holder}`} poll={poll} delegation={delegation} />
          ))}
        </ul>
      )}
      {poll.state === 'open' && <DelegationForm poll={poll} />}
    </section>
  );
}

function Line({ poll, delegation }: { poll: PollDetail; delegation: PollDetail['delegations'][number] }) {
  const { moment } = useDates();
  const { take } = useSteps();
  const work = useWork();
  const { voterId, voter, holder, givenAt, by, state, wasUsed } = delegation;
  const isOver = state === 'withdrawn' || state === 'declined';
  return (
    <li>
      <bdi>{voter}</bdi> 委托 <bdi>{holder}</bdi>
      <span className="row-note">
        {'　'}
        {STATES[state]}
        {isOver && wasUsed && '，已代投的一票还算'}，{WAYS[by]}，{moment(givenAt)}
      </span>{' '}
      {poll.state === 'open' && !isOver && (
        <Button
          size="small"
          loading={work.busy}
          aria-label={`撤销${voter}的委托`}
          onClick={() => void work.go(() => take('poll.endDelegation', { pollId: poll.id, voterId }))}
        >
          撤销
        </Button>
      )}
      <ProblemNote problem={work.problem} />
    </li>
  );
}

/** Two doors, as they stand in the written authorisation. */
function DelegationForm({ poll }: { poll: PollDetail }) {
  const { placeId } = useSession();
  const { take } = useSteps();
  const work = useWork();
  const [voter, setVoter] = useState('');
  const [holder, setHolder] = useState('');
  const [errors, setErrors] = useState<{ voter?: string | undefined; holder?: string | undefined }>({});
  const enter = async () => {
    const found = await work.go(() =>
      Promise.all([voter, holder].map((said) => meantBy(poll.id, placeId, said))),
    );
    if (!found) return;
    const [from = [], to = []] = found;
    setErrors({ voter: problemOf(from), holder: problemOf(to) });
    const [[one], [other]] = [from, to];
    if (!one || !other || from.length + to.length > 2) return;
    const input = { pollId: poll.id, voterId: one.voterId, holderId: other.voterId };
    if (!(await work.go(() => take('poll.delegate', input)))) return;
    setVoter('');
    setHolder('');
  };
  return (
    <form
      noValidate
      className="panel-form"
      aria-label="记一份委托书"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <TextField
        id="delegation-voter"
        label="委托人的房号"
        hint="例如 3-2-501；一户有几位投票人的，写成 3-2-501 王芳"
        max={40}
        value={voter}
        onChange={setVoter}
        error={errors.voter}
      />
      <TextField
        id="delegation-holder"
        label="受托人的房号"
        hint="要在这次的名册上，也绑定过"
        max={40}
        value={holder}
        onChange={setHolder}
        error={errors.holder}
      />
      <ProblemNote problem={work.problem} />
      <Button htmlType="submit" loading={work.busy}>
        记下委托
      </Button>
    </form>
  );
}

/** The voters behind a door; with a name behind it, those of that name. */
async function meantBy(pollId: string, placeId: string, said: string): Promise<readonly VoterRow[]> {
  const found = await votersAt(pollId, placeId, said);
  const name = / (\S+)$/u.exec(said.trim())?.[1];
  return name === undefined ? found : found.filter(({ label }) => label.endsWith(name));
}

function problemOf(found: readonly VoterRow[]): string | undefined {
  if (found.length === 1) return undefined;
  return found.length === 0 ? '这次表决的名册里没有' : `这里有${found.length}位投票人，房号后面写上姓名`;
}
