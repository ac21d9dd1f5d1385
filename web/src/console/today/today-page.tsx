import { Link } from 'react-router';

import type { TodayAnswer } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Figure } from '../../components/figure.tsx';
import { addresses } from '../data/addresses.ts';
import { useRead } from '../data/reads.ts';
import { useSession } from '../data/session.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { TodayRow } from './today-row.tsx';

type Item = TodayAnswer['items'][number] & { readonly id: string };

/** What waits for me, the most urgent first, one button each. */
export function TodayPage() {
  const { now, day } = useDates();
  const { isSecretary } = useSession();
  const query = useRead<TodayAnswer>('today');
  const items = query.data?.items.map((item): Item => ({ ...item, id: `${item.kind}|${item.path}` }));
  const steady = useSteadyRows(items, 'today', query.dataUpdatedAt);
  return (
    <Page
      title="今天"
      heading={
        <>
          今天 <span className="heading-note">{day(now.toISOString())}</span>
        </>
      }
    >
      <Loaded data={query.data} error={query.error} onAgain={() => void query.refetch()}>
        {(today) => (
          <>
            <section className="card" aria-labelledby="to-do">
              <h2 id="to-do">
                {steady.rows.length === 0 ? '今天没有要办的' : `今天要办${steady.rows.length}件`}
              </h2>
              <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
              {steady.rows.length === 0 ? (
                <EmptyNote start={isSecretary ? <Link to={addresses.concerns}>去看诉求</Link> : undefined}>
                  有新的诉求、快到期的事，会出现在这里。
                </EmptyNote>
              ) : (
                <ul className="rows">
                  {steady.rows.map((item, index) => (
                    <TodayRow key={item.id} item={item} isFirst={index === 0} onDone={steady.acceptNext} />
                  ))}
                </ul>
              )}
            </section>
            {isSecretary && <Week week={today.week} />}
            {isSecretary && <Echo today={today} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Week({ week }: { week: TodayAnswer['week'] }) {
  const { moment } = useDates();
  return (
    <section className="card week" aria-labelledby="week">
      <h2 id="week">这周</h2>
      {week.length === 0 ? (
        <p className="quiet">七天里没有截止的表决，也没有会。</p>
      ) : (
        <ul className="week-list">
          {week.map((entry) => (
            <li key={`${entry.at}${entry.path}`}>
              <time dateTime={entry.at}>{moment(entry.at)}</time> <Link to={entry.path}>{entry.label}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Echo({ today }: { today: TodayAnswer }) {
  return (
    <p className="echo">
      <Figure label="收到诉求" value={today.echo.received} />
      <Figure label="已答复" value={today.echo.answered} />
      <Figure label="过了答复日还没答的" value={today.echo.silent} />
    </p>
  );
}
