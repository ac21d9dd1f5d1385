import { useEffect, useState } from 'react';

import { ApiProblem } from '../api/client.ts';
import { ClockBar } from './clock-bar.tsx';
import { Guide } from './guide.tsx';
import { Phone } from './phone.tsx';
import { fetchConsoleLinks, fetchConversations } from './server.ts';
import type { ConsoleLink, Conversation } from './types.ts';
import { useLive, type Connection } from './use-live.ts';

const CONNECTION_WORDS: Readonly<Record<Connection, string>> = {
  connecting: '正在连接…',
  live: '',
  broken: '连接断了，正在重连；您发的都保存着。',
};

/** The playground: a row of phones around one bot. */
export function App() {
  const [conversations, setConversations] = useState<readonly Conversation[]>([]);
  const [links, setLinks] = useState<readonly ConsoleLink[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchConversations().then(setConversations, (error: unknown) =>
      setProblem(error instanceof ApiProblem ? error.message : '没连上，刷新再试。'),
    );
    fetchConsoleLinks().then(setLinks, () => setLinks([]));
  }, []);

  const groups = conversations.filter((conversation) => conversation.kind === 'group');
  const directs = conversations.filter((conversation) => conversation.kind === 'direct');
  const [directId, setDirectId] = useState('');
  const direct = directs.find((conversation) => conversation.id === directId) ?? directs[0];
  const open = direct ? [...groups, direct] : groups;
  const { messages, connection } = useLive(open.map((conversation) => conversation.id));

  return (
    <>
      <a className="skip" href="#phones">
        跳到聊天
      </a>
      <header className="top">
        <h1>
          <span className="seal" aria-hidden="true">
            议
          </span>
          议事 · 演示
        </h1>
        <p className="banner">演示：消息只在这台电脑里，没有发到微信</p>
        <ClockBar />
        <p className="connection" role="status">
          {problem || CONNECTION_WORDS[connection]}
        </p>
      </header>
      <Guide messages={messages} links={links} />
      <main id="phones" className="phones">
        {open.map((conversation) => (
          <Phone
            key={conversation.id}
            conversation={conversation}
            messages={messages.get(conversation.id) ?? []}
            {...(conversation === direct && {
              chooser: <DirectChooser directs={directs} value={conversation.id} onChange={setDirectId} />,
            })}
          />
        ))}
      </main>
    </>
  );
}

interface DirectChooserProps {
  readonly directs: readonly Conversation[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function DirectChooser({ directs, value, onChange }: DirectChooserProps) {
  return (
    <label className="chooser">
      换人
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {directs.map((conversation) => (
          <option key={conversation.id} value={conversation.id}>
            {conversation.name}
          </option>
        ))}
      </select>
    </label>
  );
}
