import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';

import type { MeAnswer } from '../../../../src/http/contract-views.ts';
import { api, type ApiProblem } from '../../api/client.ts';
import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { addresses } from './addresses.ts';
import { READS } from './reads.ts';
import { SessionContext, type Session } from './session.ts';
import { storedPlace, storePlace } from './stored-place.ts';

const TICK_MS = 30_000;

/** Asks who is signed in before anything is shown; without a session it leads to the sign-in page. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState(storedPlace);
  const location = useLocation();
  const me = useMe(asked);
  const status = me.error?.status;
  // A place remembered from somebody else's visit: forget it and let the server choose.
  if (asked !== undefined && (status === 403 || status === 404)) {
    storePlace(undefined);
    setAsked(undefined);
  }
  if (status === 401) {
    return (
      <Navigate
        to={`${addresses.signIn}?back=${encodeURIComponent(location.pathname + location.search)}`}
        replace
      />
    );
  }
  if (!me.data)
    return (
      <main className="waiting">
        {me.error ? <ProblemNote problem={me.error} onAgain={() => void me.refetch()} /> : <LateSkeleton />}
      </main>
    );
  const switchPlace = (placeId: string) => {
    storePlace(placeId);
    setAsked(placeId);
  };
  return (
    <WithClock me={me.data} switchPlace={switchPlace}>
      {children}
    </WithClock>
  );
}

function useMe(placeId: string | undefined) {
  return useQuery<MeAnswer & { readonly readAtMs: number }, ApiProblem>({
    queryKey: [READS, 'me', placeId ?? ''],
    queryFn: async () => {
      const query = placeId === undefined ? '' : `?place=${encodeURIComponent(placeId)}`;
      return { ...(await api<MeAnswer>(`/api/console/me${query}`)), readAtMs: Date.now() };
    },
  });
}

function WithClock({
  me,
  switchPlace,
  children,
}: {
  me: MeAnswer & { readonly readAtMs: number };
  switchPlace: Session['switchPlace'];
  children: ReactNode;
}) {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setPassedMs(Math.max(0, Date.now() - me.readAtMs)), TICK_MS);
    return () => clearInterval(timer);
  }, [me.readAtMs]);
  const session = useMemo(
    (): Session => ({
      me,
      placeId: me.place.id,
      isSecretary: me.roles.some((role) => role === 'secretary' || role === 'admin'),
      now: new Date(Date.parse(me.now) + passedMs),
      switchPlace,
    }),
    [me, passedMs, switchPlace],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
