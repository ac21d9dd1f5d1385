import type { DeliveryRow } from '../../../../src/http/contract-delivery.ts';
import { deliveryWord } from '../../../../src/texts/words.ts';
import { Tag, type Tone } from '../../components/tag.tsx';
import { useDates } from '../data/use-dates.ts';
import { StepButton } from './step-button.tsx';

const TONES: Readonly<Record<string, Tone>> = {
  waiting: 'plain',
  handedOver: 'blue',
  delivered: 'green',
  needsTap: 'yellow',
  uncertain: 'yellow',
  failed: 'red',
};

/** How it stands in each group: word, cause, cure, and sending again only where it did not arrive. */
export function DeliveryList({ rows }: { rows: readonly DeliveryRow[] }) {
  const { moment } = useDates();
  if (rows.length === 0) return <p className="quiet">发出以后，这里看得到每个群送到没有。</p>;
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.outboxId} className="row delivery-row">
          <span className="row-main">
            <bdi>{row.groupName}</bdi>
            {row.about !== undefined && (
              <span className="row-note">
                <bdi>{row.about}</bdi>
              </span>
            )}
            {row.cause !== undefined && (
              <span className="row-note">
                {row.cause}
                {row.cure !== undefined && ` → ${row.cure}`}
              </span>
            )}
          </span>
          <span className="row-side">
            <Tag tone={TONES[row.word] ?? 'plain'}>{wordFor(row.word)}</Tag>
            {row.at !== undefined && <time dateTime={row.at}>{moment(row.at)}</time>}
          </span>
          {(row.word === 'failed' || row.word === 'uncertain') && (
            <span className="row-actions">
              <StepButton
                step="delivery.redrive"
                input={{ outboxIds: [row.outboxId], action: 'resend' }}
                label="重发"
              />
              <StepButton
                step="delivery.redrive"
                input={{ outboxIds: [row.outboxId], action: 'drop' }}
                label="不用发了"
                type="text"
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const WORDS = ['waiting', 'handedOver', 'delivered', 'needsTap', 'uncertain', 'failed'] as const;

function wordFor(word: string): string {
  const known = WORDS.find((code) => code === word);
  return known === undefined ? word : deliveryWord(known);
}
