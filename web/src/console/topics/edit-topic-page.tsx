import { useNavigate, useParams } from 'react-router';

import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { filledOptions } from './options-field.tsx';
import { TopicForm } from './topic-form.tsx';

export function EditTopicPage() {
  const { id = '' } = useParams();
  const { take } = useSteps();
  const navigate = useNavigate();
  const back = () => void navigate(addresses.topic(id));
  return (
    <DetailPage<TopicDetail> list="topics" id={id} noun="改议题">
      {(topic) => (
        <Page title={`改议题#${topic.number}`}>
          <TopicForm
            draft={`topic.edit.${id}`}
            initial={{
              title: topic.title,
              description: topic.description,
              options: topic.options,
              source: 'residents',
            }}
            action="改好了，保存"
            asksSource={false}
            run={({ title, description, options }) =>
              take('topic.edit', {
                topicId: topic.id,
                revision: topic.revision,
                title: title.trim(),
                description: description.trim(),
                options: filledOptions(options),
              })
            }
            onDone={back}
            onCancel={back}
          />
        </Page>
      )}
    </DetailPage>
  );
}
