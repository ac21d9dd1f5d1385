import { useSearchParams } from 'react-router';

import type { PersonRow } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { useList } from '../data/reads.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { Page } from '../shared/page.tsx';
import { PeopleSearch } from './people-search.tsx';
import { PeopleTabs } from './people-tabs.tsx';

/** Everybody the assistant knows in this place, by name. The search lives in the address. */
export function PeoplePage() {
  const [query, setQuery] = useSearchParams();
  const search = query.get('search') ?? '';
  const list = useList<PersonRow>('people', { search });
  return (
    <Page title="居民">
      <PeopleTabs current="people" />
      <PeopleSearch
        key={search}
        label="按名字找"
        placeholder="名字"
        search={search}
        onSearch={(words) => setQuery(words === '' ? {} : { search: words }, { replace: true })}
      />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(people) => (people.length === 0 ? <Nobody search={search} /> : <PersonLines people={people} />)}
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

function Nobody({ search }: { search: string }) {
  if (search !== '') return <EmptyNote>没有叫「{search}」的。</EmptyNote>;
  return <EmptyNote>居民在群里说过话，就会出现在这里。</EmptyNote>;
}

function PersonLines({ people }: { people: readonly PersonRow[] }) {
  return (
    <ul className="rows card-rows">
      {people.map((person) => (
        <li key={person.id} className="row">
          <span className="row-main">
            <bdi>{person.name}</bdi>
            {person.groups.length > 0 && (
              <span className="row-note">
                <bdi>{person.groups.join('、')}</bdi>
              </span>
            )}
          </span>
          <span className="row-side">
            {person.offices.map((office) => (
              <Tag key={office}>{office}</Tag>
            ))}
            {person.concerns > 0 && <span className="row-note">提过{person.concerns}件诉求</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
