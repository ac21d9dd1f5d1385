import { Button } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { QrCode } from '../../components/qr-code.tsx';
import { addresses } from '../data/addresses.ts';

/** Where residents vote, and see the result afterwards: the link to copy, its QR code, and the poster of an open poll. */
export function PollLink({ poll }: { poll: Pick<PollDetail, 'id' | 'state' | 'voteLink'> }) {
  if (poll.voteLink === undefined || poll.state === 'annulled') return null;
  return (
    <section className="card" aria-labelledby="vote-page">
      <h2 id="vote-page">投票页</h2>
      <div className="vote-link">
        <QrCode url={poll.voteLink} label="投票页的二维码" />
        <div className="vote-link-words">
          <p>
            {poll.state === 'open'
              ? '群里的那条【表决】带着这个链接和二维码。谁拿到都能看题目；投票要用议事助手私聊发的6位投票码。'
              : '表决截止了，谁打开这个链接都看得到结果和规则。'}
          </p>
          <CopyField link={poll.voteLink} />
          <div className="inline-actions">
            <a className="button" href={poll.voteLink} target="_blank" rel="noreferrer">
              打开投票页
            </a>
            {poll.state === 'open' && (
              <Link className="button" to={addresses.poster(poll.id)}>
                打印海报
              </Link>
            )}
          </div>
        </div>
      </div>
    </section>
  );
}

function CopyField({ link }: { link: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    if (!field.current) return;
    setSaid((await copied(field.current)) ? '已复制。' : '没复制上，链接已经选中，按 Ctrl+C。');
  };
  return (
    <div className="copy-row">
      <label className="by-ear" htmlFor="vote-link">
        投票页的链接
      </label>
      <input id="vote-link" ref={field} className="native-input" readOnly value={link} />
      <Button onClick={() => void copy()}>复制链接</Button>
      <span role="status">{said}</span>
    </div>
  );
}

/** Browsers without a secure address have only the older way. */
async function copied(field: HTMLInputElement): Promise<boolean> {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
