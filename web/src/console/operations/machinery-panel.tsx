import type { FindingView, MachineryView } from '../../../../src/http/contract-operations.ts';
import { Facts } from '../../components/facts.tsx';
import { Tag } from '../../components/tag.tsx';
import { useRead } from '../data/reads.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';

/** How the program fares, over all places; first what somebody has to do. */
export function MachineryPanel() {
  const read = useRead<MachineryView>('operations/machinery');
  return (
    <Loaded data={read.data} error={read.error} onAgain={() => void read.refetch()}>
      {(view) => (
        <>
          <Findings findings={view.findings} />
          <Traffic view={view} />
          <Lanes view={view} />
          <Schedules view={view} />
          <Work view={view} />
        </>
      )}
    </Loaded>
  );
}

function Findings({ findings }: { findings: readonly FindingView[] }) {
  const { moment } = useDates();
  return (
    <section className="card" aria-labelledby="findings-heading">
      <h2 id="findings-heading">程序</h2>
      {findings.length === 0 && <p>一切正常。</p>}
      <ul className="rows">
        {findings.map(({ code, severity, what, cure, about, since }) => (
          <li key={`${code} ${about ?? ''}`} className="row">
            <span className="row-main">
              {what}
              {about !== undefined && `（${about}）`}
              <span className="row-note">{cure}</span>
            </span>
            <span className="row-side">
              <Tag tone={severity === 'broken' ? 'red' : 'yellow'}>
                {severity === 'broken' ? '要处理' : '看一下'}
              </Tag>
              {since !== undefined && <time dateTime={since}>{moment(since)}起</time>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Traffic({ view: { inbox, outbox } }: { view: MachineryView }) {
  const { moment } = useDates();
  return (
    <section className="card" aria-labelledby="traffic-heading">
      <h2 id="traffic-heading">收发</h2>
      <Facts
        rows={[
          ['收到，等着处理', `${inbox.waiting}条`],
          ['最早的', inbox.oldestAt !== undefined && moment(inbox.oldestAt)],
          ['放在一边', inbox.dead > 0 && `${inbox.dead}条`],
          ['等着发', `${outbox.queued}条`],
          ['正在发', `${outbox.underWay}条`],
          ['不确定', `${outbox.held}条`],
          ['没送到', `${outbox.dead}条`],
          ['已发出（60天内）', `约${outbox.sent}条`],
        ]}
      />
    </section>
  );
}

function Lanes({ view: { outbox } }: { view: MachineryView }) {
  const { moment } = useDates();
  if (outbox.senders.length + outbox.lanes.length === 0) return null;
  return (
    <section className="card" aria-labelledby="lanes-heading">
      <h2 id="lanes-heading">在排队</h2>
      <ul className="rows">
        {outbox.senders.map(({ sender, queued, due, oldestDueAt, restsUntil }) => (
          <li key={sender} className="row">
            <span className="row-main">
              登录 <bdi>{sender}</bdi>
              <span className="row-note">
                {queued}条在等，{due}条到点
                {oldestDueAt !== undefined && `，最早${moment(oldestDueAt)}`}
              </span>
            </span>
            {restsUntil !== undefined && <Tag tone="yellow">歇到{moment(restsUntil)}</Tag>}
          </li>
        ))}
        {outbox.lanes.map(({ name, queued, oldestDueAt, restsUntil }, index) => (
          <li key={`${name} ${index}`} className="row">
            <span className="row-main">
              <bdi>{name}</bdi>
              <span className="row-note">
                {queued}条在等，最早{moment(oldestDueAt)}
              </span>
            </span>
            {restsUntil !== undefined && <Tag tone="yellow">歇到{moment(restsUntil)}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MINUTE_MS = 60_000;

function Schedules({ view: { schedules } }: { view: MachineryView }) {
  const { moment } = useDates();
  if (schedules.length === 0) return null;
  return (
    <section className="card" aria-labelledby="schedules-heading">
      <h2 id="schedules-heading">定时的事</h2>
      <ul className="rows">
        {schedules.map(({ word, placeName, lastAt, lateMs = 0, wasSkipped, nextAt, waiting }) => (
          <li key={`${word} ${placeName}`} className="row">
            <span className="row-main">
              {word} <bdi>{placeName}</bdi>
              <span className="row-note">
                {lastAt === undefined ? '还没到过时候' : `上次${moment(lastAt)}`}
                {wasSkipped === true && '，过了时候没有做'}
                {wasSkipped !== true && lateMs >= MINUTE_MS && `，晚了${Math.round(lateMs / MINUTE_MS)}分钟`}
                {nextAt !== undefined && `，下次${moment(nextAt)}`}
              </span>
            </span>
            {waiting > 0 && <Tag tone="yellow">{waiting}次在等</Tag>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Work({ view: { work } }: { view: MachineryView }) {
  return (
    <section className="card" aria-labelledby="work-heading">
      <h2 id="work-heading">谁在做</h2>
      <Facts
        rows={work.map(({ word, held, partitions, processes }) => [
          word,
          `${partitions}份里${held}份有人做，${processes}个程序`,
        ])}
      />
    </section>
  );
}
