import { useRef, useState } from 'react';

import { readPhoto, type Photo } from './read-photo.ts';
import type { Conversation, Message } from './types.ts';

export interface Spoken {
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly attachments: readonly Photo[];
}

interface ComposerProps {
  readonly conversation: Conversation;
  readonly persona: string;
  readonly onPersona: (name: string) => void;
  readonly quote: Message | undefined;
  readonly onDropQuote: () => void;
  readonly suggestions: readonly string[];
  readonly onSend: (spoken: Spoken) => void;
}

const MOST_PHOTOS = 9;

/** Where one speaks: persona, mention, photo, suggestions that paste and never send. */
export function Composer(props: ComposerProps) {
  const { conversation, persona, onPersona, quote, onDropQuote, suggestions, onSend } = props;
  const [text, setText] = useState('');
  const [mentionsBot, setMentionsBot] = useState(false);
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  const send = () => {
    if (text.trim() === '' && photos.length === 0) {
      setProblem('还没写内容');
      field.current?.focus();
      return;
    }
    onSend({ text, mentionsBot, attachments: photos });
    setText('');
    setMentionsBot(false);
    setPhotos([]);
    setProblem('');
  };
  const paste = (suggestion: string) => {
    setText(suggestion);
    field.current?.focus();
  };
  const addPhotos = (files: FileList | null) => {
    Promise.all([...(files ?? [])].slice(0, MOST_PHOTOS).map(readPhoto)).then(setPhotos, () =>
      setProblem('这个文件不是照片，没加上'),
    );
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {conversation.members.length > 1 && (
        <label className="persona">
          我是
          <select value={persona} onChange={(event) => onPersona(event.target.value)}>
            {conversation.members.map((member) => (
              <option key={member.name}>{member.name}</option>
            ))}
          </select>
        </label>
      )}
      <div className="chips" role="group" aria-label="可以这样说">
        {suggestions.map((suggestion) => (
          <button key={suggestion} type="button" className="chip" onClick={() => paste(suggestion)}>
            {suggestion}
          </button>
        ))}
      </div>
      {quote && (
        <p className="quoting">
          引用：{quote.text.slice(0, 30)}
          <button type="button" className="quiet" onClick={onDropQuote}>
            不引用
          </button>
        </p>
      )}
      <div className="field">
        <textarea
          ref={field}
          rows={2}
          value={text}
          aria-label={`在${conversation.name}里说话`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" className="send">
          发送
        </button>
      </div>
      <div className="tools">
        {conversation.kind === 'group' && (
          <label>
            <input type="checkbox" checked={mentionsBot} onChange={(event) => setMentionsBot(event.target.checked)} />
            @议事助手
          </label>
        )}
        <label className="photo">
          照片{photos.length > 0 ? `（${String(photos.length)}张）` : ''}
          <input type="file" accept="image/*" multiple onChange={(event) => addPhotos(event.target.files)} />
        </label>
        <span className="problem" role="status">
          {problem}
        </span>
      </div>
    </form>
  );
}
