import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { useRef } from 'react';

import type { ConcernDetail } from '../../../../src/http/contract-views.ts';
import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { ApiProblem } from '../../api/client.ts';
import { api } from '../../api/client.ts';
import { addresses } from '../data/addresses.ts';
import { READS } from '../data/reads.ts';
import { useSession } from '../data/session.ts';
import { useSteps } from '../data/steps-context.ts';
import { Page } from '../shared/page.tsx';
import { filledOptions } from './options-field.tsx';
import { TopicForm } from './topic-form.tsx';

/** A topic out of one or more concerns, or from scratch. */
export function NewTopicPage() {
  const [query] = useSearchParams();
  const ids = (query.get('concerns') ?? '').split(',').filter((id) => id !== '');
  const concerns = useConcerns(ids);
  const { take } = useSteps();
  const navigate = useNavigate();
  const address = useRef<string>(addresses.topics);
  if (concerns.problem)
    return (
      <Page title="立题">
        <ProblemNote problem={concerns.problem} onAgain={concerns.again} />
      </Page>
    );
  if (!concerns.all)
    return (
      <Page title="立题">
        <LateSkeleton />
      </Page>
    );
  const [first] = concerns.all;
  return (
    <Page title="立题">
      <TopicForm
        draft={`topic.new.${ids.join(',')}`}
        initial={{
          title: first?.title.slice(0, 40) ?? '',
          description: first?.text.slice(0, 1_000) ?? '',
          options: ['赞成', '反对', '弃权'],
          source: 'residents',
        }}
        action="立为议题"
        asksSource
        run={async ({ title, description, options, source }) => {
          const answer = await take('topic.create', {
            concernIds: ids,
            title: title.trim(),
            description: description.trim(),
            options: filledOptions(options),
            source,
          });
          if (answer.created) address.current = addresses.topic(answer.created.id);
        }}
        onDone={() => void navigate(address.current)}
        onCancel={() => void navigate(-1)}
      >
        <ConcernsOfTopic concerns={concerns.all} />
      </TopicForm>
    </Page>
  );
}

function ConcernsOfTopic({ concerns }: { concerns: readonly ConcernDetail[] }) {
  if (concerns.length === 0) return null;
  return (
    <div className="note-line">
      <p>这些诉求列入议题，提的人和附议的人会收到后来的结果：</p>
      <ul className="plain-list">
        {concerns.map((concern) => (
          <li key={concern.id}>
            诉求#{concern.number} <bdi>{concern.title}</bdi>
            {concern.endorsements > 0 && `，附议${concern.endorsements}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useConcerns(ids: readonly string[]) {
  const { placeId } = useSession();
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: [READS, placeId, `concerns/${encodeURIComponent(id)}`],
      queryFn: () =>
        api<ConcernDetail>(
          `/api/console/concerns/${encodeURIComponent(id)}?place=${encodeURIComponent(placeId)}`,
        ),
    })),
  });
  const loaded = queries.flatMap(({ data }) => data ?? []);
  return {
    all: loaded.length === ids.length ? loaded : undefined,
    problem: queries.find(({ error }) => error)?.error as ApiProblem | undefined,
    again: () => queries.forEach((query) => void query.refetch()),
  };
}
