import { useCallback, useEffect, useMemo, useRef, useState, type Dispatch, type SetStateAction } from 'react';

import { ApiProblem } from '../api/client.ts';
import type { Picture } from './bubble.tsx';
import { ClockBar, FiredList } from './clock-bar.tsx';
import type { ComposerHandle } from './composer.tsx';
import { ConsoleLinks, Guide } from './guide.tsx';
import { PhoneTabs } from './phone-tabs.tsx';
import { kindOf, Phone, TOUR } from './phone.tsx';
import { PictureViewer } from './picture-viewer.tsx';
import { ResetButton } from './reset-button.tsx';
import { fetchConsoleLinks, fetchConversations } from './server.ts';
import type { Line } from './steps.ts';
import type { ConsoleLink, Conversation, PhoneKind } from './types.ts';
import { useDemoClock } from './use-demo-clock.ts';
import { useInSight } from './use-in-sight.ts';
import { useLive, type Connection } from './use-live.ts';

const CONNECTION_WORDS: Readonly<Record<Connection, string>> = {
  connecting: '正在连接…',
  live: '',
  broken: '连接断了，正在重连；您发的都保存着。',
};

/** In the order in which the main job goes through them; a laptop shows the first three. */
const ORDER: readonly PhoneKind[] = ['residents', 'secretaries', 'direct', 'department', 'liaison'];
const DAY_MS = 86_400_000;

interface PlaygroundProps {
  readonly onRestart: Dispatch<SetStateAction<number>>;
}

/** A row of phones around one bot. */
export function Playground({ onRestart }: PlaygroundProps) {
  const restart = useCallback(() => onRestart((count) => count + 1), [onRestart]);
  const { conversations, links, problem } = useTown();
  const [directId, setDirectId] = useState('');
  const [picture, setPicture] = useState<Picture>();
  const open = useMemo(() => openPhones(conversations, directId), [conversations, directId]);
  const directs = useMemo(() => conversations.filter(({ kind }) => kind === 'direct'), [conversations]);
  const { messages, connection } = useLive(
    open.map(({ id }) => id),
    restart,
  );
  const clock = useDemoClock(messages);
  // Whole days, so that phones are drawn anew once a day and not with each look at the clock.
  const todayMs = Math.floor(Date.parse(clock.reading?.answer.now ?? '1970-01-01') / DAY_MS) * DAY_MS;

  const row = useRef<HTMLElement>(null);
  const composers = useRef(new Map<string, ComposerHandle | null>());
  const { visible, seen } = useInSight(row, open.map(({ id }) => id).join('\n'), messages);
  const goTo = (id: string) =>
    row.current
      ?.querySelector(`[data-phone="${CSS.escape(id)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const say = ({ phone, words }: Line) => {
    const target = open.find((conversation) => kindOf(conversation) === phone);
    if (!target) return;
    goTo(target.id);
    composers.current.get(target.id)?.paste(words);
  };

  const secretaries = open.find((conversation) => kindOf(conversation) === 'secretaries');
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
        <ClockBar {...clock} />
        {clock.reading?.answer.canReset === true && <ResetButton onReset={restart} />}
      </header>
      <p className={`connection ${connection}`} role="status">
        {problem || CONNECTION_WORDS[connection]}
      </p>
      <FiredList fired={clock.fired} onClose={clock.forgetFired} />
      <Guide
        done={clock.done}
        secretaries={messages.get(secretaries?.id ?? '') ?? []}
        nowMs={todayMs}
        onSay={say}
      />
      <div className="ways">
        <PhoneTabs conversations={open} messages={messages} visible={visible} seen={seen} onGo={goTo} />
        <ConsoleLinks links={links} />
      </div>
      <main id="phones" ref={row} className="phones" tabIndex={-1}>
        {open.map((conversation) => (
          <Phone
            key={conversation.id}
            conversation={conversation}
            messages={messages.get(conversation.id) ?? NOTHING}
            todayMs={todayMs}
            onPicture={setPicture}
            composer={(handle) => void composers.current.set(conversation.id, handle)}
            {...(conversation.kind === 'direct' && {
              chooser: <DirectChooser directs={directs} value={conversation.id} onChange={setDirectId} />,
            })}
          />
        ))}
      </main>
      {picture && <PictureViewer key={picture.url} picture={picture} onClose={() => setPicture(undefined)} />}
    </>
  );
}

const NOTHING = [] as const;

/** Chats and ways into the console, read once. */
function useTown() {
  const [conversations, setConversations] = useState<readonly Conversation[]>([]);
  const [links, setLinks] = useState<readonly ConsoleLink[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchConversations().then(setConversations, (error: unknown) =>
      setProblem(error instanceof ApiProblem ? error.message : '没连上，刷新再试。'),
    );
    fetchConsoleLinks().then(setLinks, () => setLinks([]));
  }, []);
  return { conversations, links, problem };
}

/** All groups and one one-to-one phone. */
function openPhones(conversations: readonly Conversation[], directId: string): readonly Conversation[] {
  const directs = conversations.filter(({ kind }) => kind === 'direct');
  const chosen =
    directs.find(({ id }) => id === directId) ?? directs.find(({ name }) => TOUR[0] === name) ?? directs[0];
  const groups = conversations.filter(({ kind }) => kind === 'group');
  const rank = (conversation: Conversation) => ORDER.indexOf(kindOf(conversation));
  return [...groups, ...(chosen ? [chosen] : [])].toSorted((a, b) => rank(a) - rank(b));
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
