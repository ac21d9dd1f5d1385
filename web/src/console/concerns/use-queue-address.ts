import { useNavigate, useParams, useSearchParams } from 'react-router';

import { addresses } from '../data/addresses.ts';

/** What can be opened for one concern. */
export type Doing = 'answer' | 'merge' | 'redirect';

/** Filter, search, selection and open form of the queue: all of it lives in the address. */
export function useQueueAddress() {
  const [query] = useSearchParams();
  const { id } = useParams();
  const navigate = useNavigate();
  const state = query.get('state') ?? 'open';
  const search = query.get('search') ?? '';
  const doing = query.get('do') ?? undefined;
  const filter = filterQuery(state, search);
  const listAddress = addresses.concerns + filter();
  const addressOf = (concernId: string, what?: Doing) => addresses.concern(concernId) + filter(what);
  return {
    id,
    state,
    search,
    doing,
    listAddress,
    addressOf,
    tabAddress: (tab: string) => addresses.concerns + filterQuery(tab, search)(),
    show: (concernId: string, what?: Doing) =>
      void navigate(addressOf(concernId, what), { replace: true, preventScrollReset: true }),
    toList: () => void navigate(listAddress, { replace: true }),
    searchFor: (words: string) => void navigate(addresses.concerns + filterQuery(state, words)()),
  };
}

export type QueueAddress = ReturnType<typeof useQueueAddress>;

function filterQuery(state: string, search: string) {
  return (doing?: string) => {
    const query = new URLSearchParams({
      ...(state !== 'open' && { state }),
      ...(search !== '' && { search }),
      ...(doing !== undefined && { do: doing }),
    }).toString();
    return query === '' ? '' : `?${query}`;
  };
}
