import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useNavigate } from 'react-router';

import { ROLE_WORDS } from '../../../../src/texts/words.ts';
import { api } from '../../api/client.ts';
import { Facts } from '../../components/facts.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { keysAreOn, setKeysOn } from '../data/key-setting.ts';
import { useSession } from '../data/session.ts';
import { useWork } from '../data/steps-context.ts';
import { Page } from '../shared/page.tsx';
import { useState } from 'react';

/** Who is signed in, where, the keys of the queue, and the way out. */
export function AccountPage() {
  const { me } = useSession();
  const [keysOn, setOn] = useState(keysAreOn);
  const toggleKeys = (on: boolean) => {
    setKeysOn(on);
    setOn(on);
  };
  return (
    <Page title="我的">
      <section className="card">
        <Facts
          rows={[
            ['名字', <bdi key="name">{me.person.name}</bdi>],
            ['职责', me.roles.map((role) => wordOf(ROLE_WORDS, role)).join('、')],
            ['在看', <bdi key="place">{me.place.name}</bdi>],
          ]}
        />
        <label className="choice">
          <input type="checkbox" checked={keysOn} onChange={(event) => toggleKeys(event.target.checked)} />
          在诉求列表里用键盘快捷键
        </label>
        <SignOut />
      </section>
    </Page>
  );
}

function SignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const work = useWork();
  const leave = async () => {
    const done = await work.go(() => api('/api/console/sign-out', { method: 'POST', body: {} }));
    if (done === undefined) return;
    client.clear();
    void navigate(addresses.signIn, { replace: true });
  };
  return (
    <div className="form-foot">
      <ProblemNote problem={work.problem} />
      <Button loading={work.busy} onClick={() => void leave()}>
        退出登录
      </Button>
    </div>
  );
}
