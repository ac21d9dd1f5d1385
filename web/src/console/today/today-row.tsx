import { Link } from 'react-router';

import type { TodayAnswer } from '../../../../src/http/contract-views.ts';
import { Tag, type Tone } from '../../components/tag.tsx';
import { StepButton } from '../shared/step-button.tsx';

type Item = TodayAnswer['items'][number];

const URGENCIES: Readonly<Record<Item['urgency'], { shape: string; word: string; tone: Tone }>> = {
  late: { shape: '■', word: '逾期', tone: 'red' },
  today: { shape: '▲', word: '快到期', tone: 'yellow' },
  waiting: { shape: '●', word: '等人', tone: 'plain' },
  new: { shape: '●', word: '新来', tone: 'blue' },
};

const OBJECTION = { shape: '▲', word: '等答复', tone: 'yellow' } as const;

/** One thing that waits, with its one button. */
export function TodayRow({ item, isFirst, onDone }: { item: Item; isFirst: boolean; onDone: () => void }) {
  const { shape, word, tone } = item.kind === 'objection' ? OBJECTION : URGENCIES[item.urgency];
  const urged = item.action === '催一下' ? idIn(item.path) : undefined;
  return (
    <li className="row today-row">
      <span className="today-urgency">
        <Tag tone={tone}>
          <span aria-hidden="true">{shape}</span> {word}
        </Tag>
      </span>
      <span className="row-main">
        <Link to={item.path}>
          <bdi>{item.label}</bdi>
        </Link>
        <span className="row-note">
          <bdi>{item.detail}</bdi>
        </span>
      </span>
      {urged === undefined ? (
        <Link
          to={item.path}
          className={isFirst ? 'button button-primary' : 'button'}
          aria-label={`${item.action}：${item.label}`}
        >
          {item.action}
        </Link>
      ) : (
        <StepButton
          step="assignment.urge"
          input={{ assignmentId: urged }}
          label="催一下"
          type={isFirst ? 'primary' : 'default'}
          onDone={onDone}
        />
      )}
    </li>
  );
}

/** The id at the end of an address. */
function idIn(path: string): string {
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}
