import type { Message } from './types.ts';

interface CardViewProps {
  readonly card: NonNullable<Message['card']>;
  readonly pressed: string | undefined;
  readonly onPress: (say: string) => void;
}

/** A card as the web channel draws it; its text twin stands above it and holds the same facts. */
export function CardView({ card, pressed, onPress }: CardViewProps) {
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
      <div className="card-choices">
        {card.choices.map((choice) => (
          <button
            key={choice.say}
            type="button"
            aria-pressed={pressed === choice.say}
            onClick={() => onPress(choice.say)}
          >
            {choice.label}
          </button>
        ))}
        {card.link && (
          <a href={card.link.url} target="_blank" rel="noreferrer">
            {card.link.label}
          </a>
        )}
      </div>
    </div>
  );
}
