import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { AnswerForm } from '../concerns/answer-form.tsx';
import { PromiseTag } from '../concerns/promise-tag.tsx';

/** The concerns behind a topic; those without an answer can be answered together. */
export function TopicConcerns({ topic }: { topic: TopicDetail }) {
  const [isAnswering, setAnswering] = useState(false);
  const waiting = topic.concernRows.filter(({ state }) => state !== 'answered' && state !== 'merged');
  if (topic.concernRows.length === 0)
    return (
      <EmptyNote start={<Link to={addresses.concerns}>去看诉求</Link>}>这个议题没有从诉求来。</EmptyNote>
    );
  return (
    <>
      <ul className="rows">
        {topic.concernRows.map((concern) => (
          <li key={concern.id} className="row">
            <span className="row-main">
              <Link to={addresses.concern(concern.id)}>
                诉求#{concern.number} <bdi>{concern.title}</bdi>
              </Link>
              <span className="row-note">
                <bdi>{concern.authorName}</bdi>
                {concern.endorsements > 0 && `，附议${concern.endorsements}`}
              </span>
            </span>
            <span className="row-side">
              <PromiseTag row={concern} />
            </span>
          </li>
        ))}
      </ul>
      {waiting.length > 0 && !isAnswering && (
        <Button type="primary" onClick={() => setAnswering(true)}>
          答复这{waiting.length}条诉求
        </Button>
      )}
      {isAnswering && waiting.length > 0 && (
        <AnswerForm
          concernIds={waiting.map((concern) => concern.id)}
          tell={`提出和附议这${waiting.length}条的每一位`}
          onDone={() => setAnswering(false)}
          onCancel={() => setAnswering(false)}
        />
      )}
    </>
  );
}
