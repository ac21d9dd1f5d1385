import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';

import type { Page } from '../../../../src/http/contract-views.ts';
import { api, type ApiProblem } from '../../api/client.ts';
import { useSession } from './session.ts';

type Params = Readonly<Record<string, string | undefined>>;

/** The start of every key that holds something of a place: steps and hints invalidate it as a whole. */
export const READS = 'reads';

function addressOf(path: string, placeId: string, params: Params): string {
  const query = new URLSearchParams({ place: placeId });
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== '') query.set(name, value);
  return `/api/console/${path}?${query.toString()}`;
}

/** One thing of the chosen place, e.g. `today` or `topics/<id>`. */
export function useRead<Answer>(path: string, options: { enabled?: boolean } = {}) {
  const { placeId } = useSession();
  return useQuery<Answer, ApiProblem>({
    queryKey: [READS, placeId, path],
    queryFn: () => api<Answer>(addressOf(path, placeId, {})),
    ...options,
  });
}

/** One thing by its id. */
export function useDetail<Answer>(list: string, id: string) {
  return useRead<Answer>(`${list}/${encodeURIComponent(id)}`);
}

/** A list with its further pages; old rows stay while a new filter loads. */
export function useList<Item>(path: string, params: Params = {}, options: { enabled?: boolean } = {}) {
  const { placeId } = useSession();
  const query = useInfiniteQuery({
    queryKey: [READS, placeId, path, params],
    queryFn: ({ pageParam }) => api<Page<Item>>(addressOf(path, placeId, { ...params, after: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Item>) => page.next,
    placeholderData: keepPreviousData,
    ...options,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    error: query.error as ApiProblem | null,
    refetch: () => void query.refetch(),
    updatedAt: query.isPlaceholderData ? 0 : query.dataUpdatedAt,
    isOld: query.isPlaceholderData,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}

export type List<Item> = ReturnType<typeof useList<Item>>;
