import { Link, useSearchParams } from 'react-router';

import type { HouseholdRow, RosterSummaryAnswer } from '../../../../src/http/contract-roster.ts';
import { areaWords } from '../../../../src/texts/roster-texts.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { addresses } from '../data/addresses.ts';
import { useList, useRead } from '../data/reads.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { Page } from '../shared/page.tsx';
import { PeopleSearch } from './people-search.tsx';
import { PeopleTabs } from './people-tabs.tsx';
import { ResidentLine } from './resident-line.tsx';

/** The roster: who lives where, door by door. Building and search live in the address. */
export function RosterPage() {
  const [query, setQuery] = useSearchParams();
  const search = query.get('search') ?? '';
  const building = query.get('building') ?? '';
  const list = useList<HouseholdRow>('households', { search, building });
  const summary = useRead<RosterSummaryAnswer>('roster');
  const ask = (change: Record<string, string>) => {
    const asked = Object.entries({ search, building, ...change }).filter(([, value]) => value !== '');
    setQuery(Object.fromEntries(asked), { replace: true });
  };
  return (
    <Page
      title="名册"
      actions={
        <Link to={addresses.importRoster} className="button button-primary">
          导入名册
        </Link>
      }
    >
      <PeopleTabs current="roster" />
      {summary.data && <SummaryLine summary={summary.data} />}
      <div className="filters">
        <SelectField
          id="roster-building"
          label="楼栋"
          none="全部"
          value={building}
          onChange={(value) => ask({ building: value })}
          options={(summary.data?.buildings ?? [])
            .filter(({ building: one }) => one !== '')
            .map(({ building: value, label }) => ({ value, label }))}
        />
        <PeopleSearch
          key={search}
          label="按名字或房号找"
          placeholder="名字或房号"
          search={search}
          onSearch={(words) => ask({ search: words })}
        />
      </div>
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(households) =>
          households.length === 0 ? (
            <NoHousehold filtered={search !== '' || building !== ''} />
          ) : (
            <ul className="rows card-rows">
              {households.map((household) => (
                <HouseholdLine key={household.id} household={household} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

function SummaryLine({ summary }: { summary: RosterSummaryAnswer }) {
  if (summary.households === 0) return null;
  return (
    <p className="quiet">
      {summary.households}户，{summary.residents}人，{summary.linked}
      人对上了群里的身份。只留手机后4位，不留身份证号。
    </p>
  );
}

function NoHousehold({ filtered }: { filtered: boolean }) {
  if (filtered) return <EmptyNote>没有找到这样的住户。</EmptyNote>;
  return (
    <EmptyNote start={<a href="/api/console/roster/template">下载模板</a>}>
      导入名册以后，哪一户住着谁，都在这里。
    </EmptyNote>
  );
}

function HouseholdLine({ household }: { household: HouseholdRow }) {
  return (
    <li className="row">
      <span className="row-main">
        <bdi>{household.label}</bdi>
        {household.areaCents !== undefined && (
          <span className="row-note">{areaWords(household.areaCents)}平方米</span>
        )}
      </span>
      <ul className="row-side residents">
        {household.residents.map((resident) => (
          <ResidentLine key={resident.id} resident={resident} />
        ))}
      </ul>
    </li>
  );
}
