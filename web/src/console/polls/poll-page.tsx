import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { struckWords } from '../../../../src/texts/verification-words.ts';
import { POLL_STATE_WORDS } from '../../../../src/texts/words.ts';
import { OptionBars, TurnoutBar } from '../../components/bars.tsx';
import { Facts } from '../../components/facts.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { DeliveryList } from '../shared/delivery-list.tsx';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { Delegations } from './delegations.tsx';
import { PollEndings } from './poll-endings.tsx';
import { Choices, Lines, TurnoutParts } from './poll-parts.tsx';
import { PollLink } from './poll-link.tsx';
import { PollProof } from './poll-proof.tsx';

export function PollPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<PollDetail> list="polls" id={id} noun="表决">
      {(poll) => <Poll poll={poll} />}
    </DetailPage>
  );
}

function Poll({ poll }: { poll: PollDetail }) {
  const { left, moment } = useDates();
  const state =
    poll.state === 'open' ? `进行中，${left(poll.closesAt)}` : wordOf(POLL_STATE_WORDS, poll.state);
  return (
    <Page
      title={`表决 议题#${poll.topicNumber}`}
      heading={
        <>
          表决　议题#{poll.topicNumber} <bdi>{poll.title}</bdi>
        </>
      }
      actions={
        <>
          {poll.state === 'open' && (
            <Link to={addresses.papers(poll.id)} className="button">
              补录纸票
            </Link>
          )}
          <Link to={addresses.topic(poll.topicId)} className="button">
            看议题
          </Link>
        </>
      }
    >
      <section className="card" aria-label="投票情况">
        <p className="poll-state">{state}</p>
        {poll.result && (
          <p className="verdict">
            <bdi>{poll.result.verdict}</bdi>
          </p>
        )}
        <TurnoutBar voters={poll.voters} rollSize={poll.rollSize} quorum={poll.quorum} unit={poll.unit} />
        {poll.result && <Lines words={poll.result.checks} />}
        {poll.figures ? <OptionBars figures={poll.figures} /> : <p className="quiet">各项票数截止后显示。</p>}
        {poll.result && <p className="quiet">重数一致，{moment(poll.result.countedAt)}。结果供决策参考。</p>}
        <PollEndings poll={poll} />
      </section>
      <TurnoutParts
        title="按群，只看投没投"
        parts={poll.byGroup.map(({ groupName, ...part }) => ({ name: groupName, ...part }))}
      />
      {poll.byUnit ? (
        <TurnoutParts
          title="按单元，只看投没投"
          parts={poll.byUnit.map(({ unit, ...part }) => ({ name: unit, ...part }))}
        />
      ) : (
        <TurnoutParts
          title="按楼栋，只看投没投"
          parts={poll.byBuilding.map(({ building, ...part }) => ({ name: building, ...part }))}
        />
      )}
      {poll.result?.byBuilding && <Choices poll={poll} rows={poll.result.byBuilding} />}
      <section className="card" aria-labelledby="rules">
        <h2 id="rules">规则</h2>
        <Facts
          rows={[
            ['截止时间', moment(poll.closesAt)],
            ...poll.rules.map(([about, words]): [string, ReactNode] => [
              about,
              <bdi key={about}>{words}</bdi>,
            ]),
            [
              '选项',
              <bdi key="options">
                {poll.options.map((option, index) => `${index + 1} ${option}`).join('　')}
              </bdi>,
            ],
            ['以后', <bdi key="next">{poll.nextStep}</bdi>],
            ...struckRow(poll),
            ['提前截止', poll.closedEarlyReason !== undefined && <bdi>{poll.closedEarlyReason}</bdi>],
            ['作废', poll.annulledReason !== undefined && <bdi>{poll.annulledReason}</bdi>],
            ['开投指纹', <code key="print">{poll.openingCode}</code>],
          ]}
        />
      </section>
      <Delegations poll={poll} />
      {poll.result?.code !== undefined && (
        <PollProof pollId={poll.id} code={poll.result.code} showsNames={poll.showsNames} />
      )}
      <PollLink poll={poll} />
      <section className="card" aria-labelledby="delivery">
        <h2 id="delivery">发到群里了吗</h2>
        <DeliveryList rows={poll.delivery} />
      </section>
    </Page>
  );
}

/** Voters who turned out to be one person: as it is published with the result. */
function struckRow({ struck }: PollDetail): [string, ReactNode][] {
  return struck === undefined ? [] : [['并票', struckWords(struck)]];
}
