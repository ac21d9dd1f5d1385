import { memo, useState } from 'react';

import type { CardStanding } from './card-effects.ts';
import { CardView } from './card-view.tsx';
import { timeWords } from './moments.ts';
import { TracePanel } from './trace-panel.tsx';
import type { Draft, Message } from './types.ts';

/** A picture to look at in large. */
export interface Picture {
  readonly url: string;
  readonly alt: string;
}

interface BubbleProps {
  readonly message: Message;
  readonly own: boolean;
  readonly standing: CardStanding;
  readonly onPress: (message: Message, say: string) => void;
  readonly onQuote: (message: Message) => void;
  readonly onPicture: (picture: Picture) => void;
}

const MENTION = /^@议事助手(?=\s)/u;

/** One message of a chat. Everything a person wrote is shown as text. */
export const Bubble = memo(function Bubble({
  message,
  own,
  standing,
  onPress,
  onQuote,
  onPicture,
}: BubbleProps) {
  const { from, quote, text, card, attachments = [] } = message;
  const [isOpen, setOpen] = useState(false);
  const side = from.bot ? 'bot' : own ? 'own' : 'other';
  return (
    <li className={`bubble ${side}`}>
      <Avatar name={from.name} isBot={from.bot} />
      <div className="said">
        <p className="from">
          <bdi>{from.name}</bdi>
        </p>
        {quote && (
          <blockquote>
            {quote.from !== undefined && <bdi>{quote.from}：</bdi>}
            {quote.text}
          </blockquote>
        )}
        {text !== '' && <Words text={text} />}
        {card && <CardView card={card} standing={standing} onPress={(say) => onPress(message, say)} />}
        {attachments.map(({ url, alt, name }) => (
          <PictureLink key={url} picture={{ url, alt: alt ?? name ?? '照片' }} onPicture={onPicture} />
        ))}
        <p className="state">
          <time dateTime={message.at}>{timeWords(Date.parse(message.at))}</time>
          <button
            type="button"
            className="quiet plain"
            aria-expanded={isOpen}
            title="看幕后"
            onClick={() => setOpen(!isOpen)}
          >
            {from.bot ? '已送达' : '已存'}
          </button>
          <button
            type="button"
            className="quiet"
            onClick={() => onQuote(message)}
            aria-label={`引用 ${from.name}的话`}
          >
            引用
          </button>
        </p>
        {isOpen && <TracePanel messageId={message.id} />}
      </div>
    </li>
  );
});

/** The first sign of what people are called by; decoration beside the name. */
function Avatar({ name, isBot }: { readonly name: string; readonly isBot: boolean }) {
  return (
    <span className="avatar" aria-hidden="true">
      {isBot ? '议' : [...name].at(-1)}
    </span>
  );
}

function Words({ text }: { readonly text: string }) {
  const mention = MENTION.exec(text)?.[0];
  return (
    <p className="text">
      {mention !== undefined && <span className="mention">{mention}</span>}
      {mention === undefined ? text : text.slice(mention.length)}
    </p>
  );
}

interface PictureLinkProps {
  readonly picture: Picture;
  readonly onPicture: (picture: Picture) => void;
}

/** A link, so that it also opens in a tab of its own. */
function PictureLink({ picture, onPicture }: PictureLinkProps) {
  return (
    <a
      className="picture"
      href={picture.url}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onPicture(picture);
      }}
    >
      <img src={picture.url} alt={picture.alt} loading="lazy" />
    </a>
  );
}

interface DraftBubbleProps {
  readonly draft: Draft;
  /** Why it is not on its way: 网断了. */
  readonly waiting: string;
  readonly onAgain: () => void;
}

/** A message the server has not confirmed. */
export function DraftBubble({ draft, waiting, onAgain }: DraftBubbleProps) {
  const text = draft.cardAction?.say ?? draft.text;
  return (
    <li className="bubble own draft">
      <Avatar name={draft.persona} isBot={false} />
      <div className="said">
        <p className="from">
          <bdi>{draft.persona}</bdi>
        </p>
        {text !== '' && <Words text={text} />}
        {draft.attachments.length > 0 && <p className="text">照片{draft.attachments.length}张</p>}
        {draft.state === 'sending' ? (
          <p className="state">待存{waiting}</p>
        ) : (
          <p className="state failed" role="alert">
            {draft.problem}
            <button type="button" className="quiet" onClick={onAgain}>
              再发
            </button>
          </p>
        )}
      </div>
    </li>
  );
}
