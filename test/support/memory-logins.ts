import {
  BREAK_AFTER_FAULTS,
  PROBE_MS,
  placeOf,
  restMs,
  type LoginNews,
  type SenderState,
} from '#core/outbox-breaker';
import type { OutboxClaim } from '#core/outbox';

/** As long as a send may count before it is settled. */
const OPEN_MS = 40_000;

interface Login {
  slots: Map<string, Date>;
  faults: number;
  openUntil?: Date | undefined;
  openMs?: number | undefined;
}

/** How our logins fare, in memory. */
export function createMemoryLogins() {
  const logins = new Map<string, Login>();
  const loginOf = (sender: string): Login => {
    const login = logins.get(sender) ?? { slots: new Map(), faults: 0 };
    logins.set(sender, login);
    return login;
  };

  function settleOne(news: LoginNews, chance: number, realNow: Date): void {
    const login = loginOf(news.sender);
    for (const place of news.ended) if (login.slots.has(place)) login.slots.set(place, realNow);
    const latestMs = realNow.getTime() + (news.probeWorks ? PROBE_MS : 0);
    const rests = login.openUntil !== undefined && login.openUntil.getTime() > latestMs;
    if (news.works && !rests) {
      Object.assign(login, { faults: 0, openUntil: undefined, openMs: undefined });
    }
    if (news.restMs !== undefined) {
      login.faults = Math.max(login.faults, BREAK_AFTER_FAULTS);
      restUntil(login, realNow, news.restMs);
    }
    login.faults += news.faults;
    if (news.faults > 0 && login.faults >= BREAK_AFTER_FAULTS) {
      login.openMs = restMs(login.openMs, chance);
      restUntil(login, realNow, login.openMs);
    }
  }

  function restUntil(login: Login, realNow: Date, ms: number): void {
    login.openUntil = new Date(Math.max(login.openUntil?.getTime() ?? 0, realNow.getTime() + ms));
  }

  return {
    states(): ReadonlyMap<string, SenderState> {
      return new Map([...logins].map(([sender, login]) => [sender, stateOf(login)]));
    },
    take(claims: readonly OutboxClaim[], realNow: Date): void {
      for (const claim of claims) {
        const { row, isProbe } = claim;
        const login = loginOf(row.sender);
        login.slots.set(placeOf(claim), new Date(realNow.getTime() + OPEN_MS));
        if (isProbe === true) login.openUntil = new Date(realNow.getTime() + PROBE_MS);
      }
    },
    free(places: ReadonlyMap<string, readonly string[]>): void {
      for (const [sender, some] of places) for (const place of some) loginOf(sender).slots.delete(place);
    },
    settle: (news: readonly LoginNews[], chance: number, realNow: Date) =>
      news.forEach((one) => settleOne(one, chance, realNow)),
  };
}

function stateOf({ slots, faults, openUntil }: Login): SenderState {
  return { ends: [...slots.values()], faults, ...(openUntil && { openUntil }) };
}
