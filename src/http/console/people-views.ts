import { definedFields } from '#core/decision';
import type { Office, PersonEntry } from '#core/people';
import { ROLE_WORDS } from '#texts/words';

import type { Page, PersonRow } from '../contract-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

interface ListQuery {
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** People at home in the viewer's place and below, by name. */
export async function peopleList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: ListQuery,
): Promise<Page<PersonRow>> {
  const page = await stores.peopleList.page({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ search: query.search, after: query.after }),
  });
  return {
    items: page.items.map((entry) => personRow(entry, viewer)),
    ...(page.next !== undefined && { next: page.next }),
  };
}

function personRow({ person, groupNames, concerns }: PersonEntry, viewer: Viewer): PersonRow {
  const reach = new Set([...viewer.placeIds, ...viewer.place.ancestorIds]);
  const held = person.offices.filter(({ placeId }) => reach.has(placeId));
  return {
    id: person.id,
    name: withoutNumbers(person.name),
    offices: [...new Set(held.map(officeWords))],
    groups: groupNames,
    concerns,
  };
}

/** 承办单位（物业） */
function officeWords({ role, unit }: Office): string {
  return unit === undefined ? ROLE_WORDS[role] : `${ROLE_WORDS[role]}（${unit}）`;
}

/** People write phone and id numbers into their names in a group; a list does not spread them. */
export function withoutNumbers(name: string): string {
  return name.replace(/\d(?:[\s-]?\d){6,}[\dXx]?/gu, '…');
}
