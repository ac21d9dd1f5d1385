import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';

import { PhotoTray } from './photo-tray.tsx';
import { readPhoto, type Photo } from '../components/read-photo.ts';
import type { Conversation, Message } from './types.ts';

export interface Spoken {
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly attachments: readonly Photo[];
}

/** What others may do to the input: put words there, never send them. */
export interface ComposerHandle {
  readonly paste: (words: string) => void;
}

interface ComposerProps {
  readonly conversation: Conversation;
  readonly persona: string;
  readonly onPersona: (name: string) => void;
  readonly quote: Message | undefined;
  readonly onDropQuote: () => void;
  readonly suggestions: readonly string[];
  readonly onSend: (spoken: Spoken) => void;
  readonly ref: Ref<ComposerHandle>;
}

const MOST_PHOTOS = 9;
const MENTION = '@议事助手';

/** Where one speaks: persona, mention, photo, suggestions that paste and never send. */
export function Composer(props: ComposerProps) {
  const { conversation, persona, onPersona, quote, onDropQuote, suggestions, onSend, ref } = props;
  const [text, setText] = useState('');
  const [mentionsBot, setMentionsBot] = useState(false);
  const [problem, setProblem] = useState('');
  const { photos, setPhotos, addPhotos } = usePhotos(setProblem);
  const field = useRef<HTMLTextAreaElement>(null);

  const paste = (words: string) => {
    setText(words);
    setProblem('');
    field.current?.focus();
  };
  useImperativeHandle(ref, () => ({ paste }));

  const send = () => {
    if (text.trim() === '' && photos.length === 0) {
      setProblem('还没写内容');
      field.current?.focus();
      return;
    }
    onSend({ text: mentionsBot ? `${MENTION} ${text}` : text, mentionsBot, attachments: photos });
    setText('');
    setMentionsBot(false);
    setPhotos([]);
    setProblem('');
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!event.repeat) send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="tools">
        {conversation.members.length > 1 && (
          <PersonaSelect conversation={conversation} value={persona} onChange={onPersona} />
        )}
        {conversation.kind === 'group' && (
          <label className="tool">
            <input
              type="checkbox"
              checked={mentionsBot}
              onChange={(event) => setMentionsBot(event.target.checked)}
            />
            {MENTION}
          </label>
        )}
        <label className="tool photo">
          照片{photos.length > 0 ? `（${String(photos.length)}张）` : ''}
          <input
            type="file"
            accept="image/*"
            multiple
            onChange={(event) => {
              addPhotos([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </label>
      </div>
      <div className="chips" role="group" aria-label="可以这样说，点了只填进输入框">
        {suggestions.map((suggestion) => (
          <button
            key={suggestion}
            type="button"
            className="chip"
            title={suggestion}
            onClick={() => paste(suggestion)}
          >
            {suggestion}
          </button>
        ))}
      </div>
      {quote && <Quoting quote={quote} onDrop={onDropQuote} />}
      <PhotoTray
        photos={photos}
        onRemove={(index) => setPhotos((all) => all.filter((_, at) => at !== index))}
      />
      <div className="field">
        <textarea
          ref={field}
          rows={2}
          value={text}
          aria-label={`在${conversation.name}里说话`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={sendOnEnter}
        />
        <button type="submit" className="send">
          发送
        </button>
      </div>
      <p className="problem" role="status">
        {problem}
      </p>
    </form>
  );
}

/** Photos that wait in the composer; what is no picture is refused, the others stay. */
function usePhotos(onProblem: (words: string) => void) {
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const addPhotos = (files: readonly File[]) => {
    if (photos.length + files.length > MOST_PHOTOS) onProblem(`最多${String(MOST_PHOTOS)}张，多的没加上`);
    Promise.all(files.slice(0, MOST_PHOTOS).map(readPhoto)).then(
      (read) => setPhotos((all) => [...all, ...read].slice(0, MOST_PHOTOS)),
      () => onProblem('这个文件不是照片，没加上'),
    );
  };
  return { photos, setPhotos, addPhotos };
}

interface PersonaSelectProps {
  readonly conversation: Conversation;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

function PersonaSelect({ conversation, value, onChange }: PersonaSelectProps) {
  return (
    <label className="persona">
      我是
      <select
        value={value}
        title="也可以按 Alt+1 到 Alt+9"
        onChange={(event) => onChange(event.target.value)}
      >
        {conversation.members.map((member) => (
          <option key={member.name}>{member.name}</option>
        ))}
      </select>
    </label>
  );
}

function Quoting({ quote, onDrop }: { readonly quote: Message; readonly onDrop: () => void }) {
  return (
    <p className="quoting">
      <span>
        引用 <bdi>{quote.from.name}</bdi>：{quote.text.slice(0, 30)}
      </span>
      <button type="button" className="quiet" onClick={onDrop}>
        不引用
      </button>
    </p>
  );
}
