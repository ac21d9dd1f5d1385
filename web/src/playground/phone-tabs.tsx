import type { Conversation, MessagesById } from './types.ts';
import { titleOf } from './phone.tsx';

interface PhoneTabsProps {
  readonly conversations: readonly Conversation[];
  readonly messages: MessagesById;
  /** Phones that are in sight. */
  readonly visible: ReadonlySet<string>;
  /** How many messages of each phone had come when it went out of sight. */
  readonly seen: ReadonlyMap<string, number>;
  readonly onGo: (id: string) => void;
}

/** The switcher, where not all phones fit: goes to a phone and says what is new on it. */
export function PhoneTabs({ conversations, messages, visible, seen, onGo }: PhoneTabsProps) {
  return (
    <nav className="tabs" aria-label="换手机">
      {conversations.map((conversation) => {
        const { id } = conversation;
        const fresh = visible.has(id) ? 0 : (messages.get(id)?.length ?? 0) - (seen.get(id) ?? 0);
        return (
          <button key={id} type="button" aria-current={visible.has(id)} onClick={() => onGo(id)}>
            {shortName(titleOf(conversation))}
            {fresh > 0 && (
              <span className="count">
                {fresh}
                <span className="aloud">条新的</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}

/** Without the name of the community, which is the same for all. */
function shortName(title: string): string {
  return title.replace(/^幸福里|^政协/u, '').replace(/的一对一$/u, '一对一');
}
