import { Link } from 'react-router';

import type { PollRow } from '../../../../src/http/contract-polls.ts';
import { percentWords, POLL_STATE_WORDS } from '../../../../src/texts/words.ts';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';

export function PollRows({ polls }: { polls: readonly PollRow[] }) {
  const { moment } = useDates();
  return (
    <ul className="rows card-rows">
      {polls.map((poll) => (
        <li key={poll.id} className="row">
          <span className="row-main">
            <Link to={addresses.poll(poll.id)} className="row-link">
              议题#{poll.topicNumber} <bdi>{poll.title}</bdi>
            </Link>
            <span className="row-note">
              {`已投${poll.voters}/${poll.rollSize}${poll.unit}（${percentWords(poll.voters, poll.rollSize)}），${moment(poll.closesAt)}截止`}
            </span>
          </span>
          <span className="row-side">
            <Tag tone={poll.state === 'open' ? 'blue' : 'plain'}>{wordOf(POLL_STATE_WORDS, poll.state)}</Tag>
          </span>
        </li>
      ))}
    </ul>
  );
}
