import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '../../api/client.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { addresses } from '../data/addresses.ts';
import { useWork } from '../data/steps-context.ts';

/** Name and password; says so when a link has expired, and goes back to where one was. */
export function SignInPage() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const work = useWork();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    document.title = '登录 · 议事工作台';
  }, []);

  const signIn = async () => {
    setPressed(true);
    const first = login.trim() === '' ? 'login' : password === '' ? 'password' : undefined;
    if (first !== undefined) {
      document.getElementById(first)?.focus();
      return;
    }
    const done = await work.go(() =>
      api('/api/console/sign-in', { method: 'POST', body: { login: login.trim(), password } }),
    );
    if (done === undefined) return;
    client.clear();
    void navigate(backAddress(query.get('back')), { replace: true });
  };

  return (
    <main className="sign-in">
      <form
        className="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <Seal />
        <h1>登录议事工作台</h1>
        {query.get('link') === 'expired' && (
          <p className="note-line" role="status">
            这个登录链接已经用过，或过了时间。用名字和密码登录，或找管理员要一个新的。
          </p>
        )}
        <TextField
          id="login"
          label="名字"
          value={login}
          onChange={setLogin}
          autoComplete="username"
          max={60}
          error={pressed && login.trim() === '' ? '还没填名字' : undefined}
        />
        <TextField
          id="password"
          label="密码"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          max={200}
          error={pressed && password === '' ? '还没填密码' : undefined}
        />
        <ProblemNote problem={work.problem} />
        <Button type="primary" htmlType="submit" block loading={work.busy}>
          登录
        </Button>
      </form>
    </main>
  );
}

/** Only addresses of the console: a link from outside must not lead away. */
function backAddress(back: string | null): string {
  return back?.startsWith('/console/') && !back.startsWith(addresses.signIn) ? back : addresses.today;
}

function Seal() {
  return (
    <span className="seal seal-large" aria-hidden="true">
      议
    </span>
  );
}
