import { CardView } from './card-view.tsx';
import type { Draft, Message } from './types.ts';

interface BubbleProps {
  readonly message: Message;
  readonly own: boolean;
  readonly pressed: string | undefined;
  readonly onPress: (say: string) => void;
  readonly onQuote: () => void;
}

const time = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });

/** One message of a chat. Everything a person wrote is shown as text. */
export function Bubble({ message, own, pressed, onPress, onQuote }: BubbleProps) {
  const side = message.from.bot ? 'bot' : own ? 'own' : 'other';
  return (
    <li className={`bubble ${side}`}>
      <p className="from">
        <bdi>{message.from.name}</bdi> <time dateTime={message.at}>{time.format(Date.parse(message.at))}</time>
      </p>
      {message.quote && <blockquote>{message.quote.text}</blockquote>}
      {message.text !== '' && <p className="text">{message.text}</p>}
      {message.card && <CardView card={message.card} pressed={pressed} onPress={onPress} />}
      {message.attachments?.map((attachment) => (
        <a key={attachment.url} href={attachment.url} target="_blank" rel="noreferrer">
          <img src={attachment.url} alt={attachment.alt ?? attachment.name ?? '照片'} loading="lazy" />
        </a>
      ))}
      <p className="state">
        {message.from.bot ? '已送达' : '已存'}
        <button type="button" className="quiet" onClick={onQuote} aria-label={`引用 ${message.from.name}的话`}>
          引用
        </button>
      </p>
    </li>
  );
}

/** A message the server has not confirmed. */
export function DraftBubble({ draft, onAgain }: { readonly draft: Draft; readonly onAgain: () => void }) {
  return (
    <li className="bubble own">
      <p className="from">
        <bdi>{draft.persona}</bdi>
      </p>
      <p className="text">{draft.cardAction?.say ?? draft.text}</p>
      {draft.attachments.length > 0 && <p className="text">照片{draft.attachments.length}张</p>}
      {draft.state === 'sending' ? (
        <p className="state">待存</p>
      ) : (
        <p className="state failed">
          {draft.problem}{' '}
          <button type="button" className="quiet" onClick={onAgain}>
            再发
          </button>
        </p>
      )}
    </li>
  );
}
