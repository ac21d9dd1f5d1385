import { useId } from 'react';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { percentWords } from '../../../../src/texts/words.ts';

/** Sentences one under the other; nothing where there are none. */
export function Lines({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <ul className="by-group">
      {words.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface Part {
  readonly name: string;
  readonly voters: number;
  readonly members: number;
}

/** Who has voted, part by part, never what; nothing where the roll knows no such parts. */
export function TurnoutParts({ title, parts }: { title: string; parts: readonly Part[] }) {
  const heading = useId();
  if (parts.length === 0) return null;
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul className="by-group">
        {parts.map(({ name, voters, members }) => (
          <li key={name}>
            <bdi>{name}</bdi>{' '}
            <span className="numbers">
              {voters}/{members}（{percentWords(voters, members)}）
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Rows = NonNullable<NonNullable<PollDetail['result']>['byBuilding']>;

/** Choices by building after the end; a building in which too few voted says only that. */
export function Choices({ poll, rows }: { poll: Pick<PollDetail, 'options'>; rows: Rows }) {
  const heading = useId();
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>按楼栋的票数</h2>
      <ul className="by-group">
        {rows.map(({ building, voters, counts }) => (
          <li key={building}>
            <bdi>{building === '' ? '没写楼栋' : building}</bdi>{' '}
            <span className="numbers">
              {counts
                ? poll.options.map((option, index) => `${option}${counts[index] ?? 0}`).join('　')
                : `投了${voters}，人少不单列`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
