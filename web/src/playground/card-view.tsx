import type { CardStanding } from './card-effects.ts';
import type { Message } from './types.ts';

interface CardViewProps {
  readonly card: NonNullable<Message['card']>;
  readonly standing: CardStanding;
  readonly onPress: (say: string) => void;
}

/** A card as the web channel draws it; its text twin stands above it and holds the same facts. */
export function CardView({ card, standing, onPress }: CardViewProps) {
  return (
    <div className="card">
      {card.source && <p className={`card-source tone-${card.source.tone}`}>{card.source.text}</p>}
      <p className="card-title">{card.title}</p>
      {card.description !== undefined && <p className="card-description">{card.description}</p>}
      {card.emphasis && (
        <p className="card-emphasis">
          <strong>{card.emphasis.value}</strong> {card.emphasis.label}
        </p>
      )}
      {card.facts.length > 0 && (
        <dl>
          {card.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Choices card={card} standing={standing} onPress={onPress} />
      {card.link && (
        <a className="card-link" href={card.link.url} target="_blank" rel="noreferrer">
          {card.link.label}
        </a>
      )}
    </div>
  );
}

function Choices({ card, standing, onPress }: CardViewProps) {
  if (card.choices.length === 0) return null;
  if (standing.kind === 'done') {
    return (
      <p className="card-effect" role="status">
        {standing.words}
      </p>
    );
  }
  const chosen = standing.kind === 'pressed' ? standing.say : undefined;
  return (
    <>
      <div className={`card-choices ${card.purpose}`}>
        {card.choices.map((choice) => (
          <button
            key={choice.say}
            type="button"
            aria-pressed={chosen === choice.say}
            onClick={() => onPress(choice.say)}
          >
            {choice.label}
          </button>
        ))}
      </div>
      {chosen !== undefined && card.purpose === 'choice' && (
        <p className="card-hint">投过了；截止前点别的就是改投</p>
      )}
    </>
  );
}
