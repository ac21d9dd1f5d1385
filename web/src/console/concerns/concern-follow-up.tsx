import { Link } from 'react-router';

import type { ConcernDetail } from '../../../../src/http/contract-views.ts';
import { ANSWER_WORDS, RATING_WORDS } from '../../../../src/texts/words.ts';
import { Facts } from '../../components/facts.tsx';
import { UserText } from '../../components/user-text.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { StepButton } from '../shared/step-button.tsx';

/** What it is connected with, what was answered, and who was told. */
export function ConcernFollowUp({ concern }: { concern: ConcernDetail }) {
  const { mergedInto, topic } = concern;
  return (
    <div className="follow-up">
      <Facts
        rows={[
          [
            '在议题里',
            topic && (
              <Link to={addresses.topic(topic.id)}>
                议题#{topic.number} <bdi>{topic.title}</bdi>
              </Link>
            ),
          ],
          [
            '已合并',
            mergedInto && (
              <span className="inline-actions">
                <Link to={addresses.concern(mergedInto.id)}>并到诉求#{mergedInto.number}</Link>
                <StepButton step="concern.unmerge" input={{ concernId: concern.id }} label="拆开" />
              </span>
            ),
          ],
          ['像一件事', concern.similar.length > 0 && <Similar concern={concern} />],
          ['附议', concern.endorsers.length > 0 && <bdi>{concern.endorsers.join('、')}</bdi>],
          ['并进来的', concern.merged.length > 0 && <Merged concern={concern} />],
        ]}
      />
      <Answer concern={concern} />
      <Told concern={concern} />
    </div>
  );
}

function Similar({ concern }: { concern: ConcernDetail }) {
  return concern.similar.map((other) => (
    <span key={other.id} className="line">
      <Link to={addresses.concern(other.id)}>
        #{other.number} <bdi>{other.title}</bdi>
      </Link>
      <span className="choice-note">{other.why}</span>
    </span>
  ));
}

function Merged({ concern }: { concern: ConcernDetail }) {
  return concern.merged.map((other) => (
    <span key={other.id} className="line inline-actions">
      <Link to={addresses.concern(other.id)}>
        #{other.number} <bdi>{other.title}</bdi>
      </Link>
      <UserText>{other.authorName}</UserText>
      <StepButton step="concern.unmerge" input={{ concernId: other.id }} label="拆开" />
    </span>
  ));
}

function Answer({ concern }: { concern: ConcernDetail }) {
  const { moment } = useDates();
  const { answer } = concern;
  if (!answer) return null;
  return (
    <section>
      <h2 className="minor">答复：{wordOf(ANSWER_WORDS, answer.kind)}</h2>
      <p className="user-block">
        <UserText>{answer.text}</UserText>
      </p>
      <Facts
        rows={[
          ['原因', answer.reason !== undefined && <UserText>{answer.reason}</UserText>],
          ['可以这样', answer.instead !== undefined && <UserText>{answer.instead}</UserText>],
          [
            '谁答的',
            <>
              <UserText>{answer.by}</UserText>，{moment(answer.at)}
            </>,
          ],
        ]}
      />
    </section>
  );
}

const WAYS: Readonly<Record<string, string>> = {
  direct: '一对一告诉了',
  group: '在群里告诉了',
  unreachable: '没联系上，要打电话',
};

function Told({ concern }: { concern: ConcernDetail }) {
  const { moment } = useDates();
  if (concern.told.length === 0) return null;
  return (
    <section>
      <h2 className="minor">告诉了{concern.told.length}人</h2>
      <ul className="rows">
        {concern.told.map((told) => (
          <li key={`${told.name}${told.at}`} className="row">
            <span className="row-main">
              <UserText>{told.name}</UserText>
              <span className="row-note">
                {wordOf(WAYS, told.way)}，{moment(told.at)}
              </span>
            </span>
            <span className="row-side">
              {told.rating === undefined ? '还没评价' : `评价：${wordOf(RATING_WORDS, told.rating)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
