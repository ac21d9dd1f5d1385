import { DAY_MS, MINUTE_MS, type Chance } from '#core/clock';
import { NOTHING, type Decision, type Dispatch } from '#core/decision';
import type { PeopleStore } from '#core/people';
import type { Poll } from '#core/poll';
import type { VotingCode, VotingCodeStore } from '#core/voting-code';
import { pageTexts } from '#texts/page-texts';
import { codeHash } from './page-link.ts';
import { votersCalled, type PageVoterDeps } from './page-voters.ts';

export interface PageCodeDeps extends PageVoterDeps {
  readonly people: Pick<PeopleStore, 'directOf'>;
  readonly votingCodes: VotingCodeStore;
  readonly chance: Pick<Chance, 'fraction'>;
  readonly key: string;
}

const CODE_DIGITS = 6;
const CODE_MS = 10 * MINUTE_MS;
const AGAIN_MS = MINUTE_MS;
const MOST_A_DAY = 10;

/**
 * Sends a code one-to-one to whoever is meant and may vote; one a minute, ten a day for a person. Decides silently for
 * strangers and for those who have just got one: the page says the same to all.
 */
export async function sendCodes(deps: PageCodeDeps, poll: Poll, who: string, now: Date): Promise<Decision> {
  const personIds = await votersCalled(deps, poll, who);
  const direct = await deps.people.directOf(personIds);
  const sent = await Promise.all(
    [...direct].map(async ([personId, to]) => {
      const before = await deps.votingCodes.latest(poll.id, personId);
      return mayAskAgain(before, now) ? issued(deps, poll, { personId, to, before, now }) : NOTHING;
    }),
  );
  return {
    writes: sent.flatMap(({ writes }) => writes),
    dispatches: sent.flatMap(({ dispatches }) => dispatches),
    guarded: true,
    event: 'poll.code',
  };
}

function recentOf(before: VotingCode | undefined, now: Date): readonly Date[] {
  return before?.recent.filter((at) => now.getTime() - at.getTime() < DAY_MS) ?? [];
}

function mayAskAgain(before: VotingCode | undefined, now: Date): boolean {
  if (!before) return true;
  return now.getTime() - before.issuedAt.getTime() >= AGAIN_MS && recentOf(before, now).length < MOST_A_DAY;
}

interface Issue {
  readonly personId: string;
  readonly to: Dispatch['to'];
  readonly before: VotingCode | undefined;
  readonly now: Date;
}

function issued(deps: PageCodeDeps, poll: Poll, { personId, to, before, now }: Issue): Decision {
  const code = String(Math.floor(deps.chance.fraction() * 10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const expiresAt = new Date(now.getTime() + CODE_MS);
  const kept: VotingCode = {
    pollId: poll.id,
    personId,
    hash: codeHash(deps.key, poll.id, personId, code),
    issuedAt: now,
    expiresAt,
    recent: [...recentOf(before, now), now],
    revision: 0,
  };
  return {
    writes: [deps.votingCodes.save(kept, before?.revision ?? 0)],
    dispatches: [
      {
        key: `poll-code:${poll.id}:${personId}:${now.getTime()}`,
        to,
        body: { text: pageTexts.code({ topicNumber: poll.topicNumber, code }) },
        urgent: true,
        expiresAt,
        placeId: poll.placeId,
      },
    ],
  };
}

/** The person whose code it is; each of those who are meant loses a try. */
export async function redeemCode(
  deps: PageCodeDeps,
  poll: Poll,
  { who, code }: { readonly who: string; readonly code: string },
  now: Date,
): Promise<string | undefined> {
  for (const personId of await votersCalled(deps, poll, who)) {
    const hash = codeHash(deps.key, poll.id, personId, code);
    if (await deps.votingCodes.redeem({ pollId: poll.id, personId, hash, now })) return personId;
  }
  return undefined;
}
