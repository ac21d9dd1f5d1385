import { createContext, useContext } from 'react';

import type { MeAnswer } from '../../../../src/http/contract-views.ts';

export interface Session {
  readonly me: MeAnswer;
  /** The place everything on the page belongs to. */
  readonly placeId: string;
  /** A secretary or admin sees the place; other officers only their assignments. */
  readonly isSecretary: boolean;
  /** The server's clock, which may run ahead in a demo. Moves on every half minute. */
  readonly now: Date;
  readonly switchPlace: (placeId: string) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('used outside the signed-in console');
  return session;
}
