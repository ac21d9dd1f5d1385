import { ConflictError, TransientError } from '#core/errors';
import type { InboxFate } from '#core/inbox-fate';
import type { PageVoter, SentTicket } from '#core/vote-page';

import type { VotePageDeps } from '../http/vote/page-deps.ts';
import type { HttpParts } from './http.ts';

type Parts = Pick<HttpParts, 'engine' | 'features' | 'clock' | 'chance'>;

/** Somebody else asked for the same person's code meanwhile: decided anew this often. */
const MOST_RACES = 3;
/** How long a page waits for its vote to be decided before it says that it is under way. */
const WAIT_MS = 3_000;
const LOOK_EVERY_MS = 60;

/** What the page on which a poll is voted in needs, out of the parts of the program. */
export function votePageDepsOf(parts: Parts): Omit<VotePageDeps, 'distDir' | 'secure' | 'log'> {
  const { engine, clock, features } = parts;
  const page = features.useCases.votePage;
  const now = () => clock.now();

  async function decidedSoon(voter: PageVoter, sent: SentTicket): Promise<InboxFate | undefined> {
    for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
      const fate = await page.fateOf(voter, sent);
      if (fate?.state !== 'undecided' || waitedMs >= WAIT_MS) return fate;
      await clock.sleep(LOOK_EVERY_MS);
    }
  }

  return {
    now,
    open: (address) => page.open(address, now()),
    async sendCodes(poll, who) {
      const requestId = `poll-code:${parts.chance.id()}`;
      for (let race = 0; ; race += 1) {
        try {
          const at = now();
          await engine.commits.guarded.commitGuarded(await page.sendCodes(poll, who, at), { requestId, at });
          return engine.nudge();
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          if (race >= MOST_RACES) throw new TransientError('codes were asked for by many at once');
        }
      }
    },
    enter: (poll, said) => page.enter(poll, said, now()),
    voterWith: (poll, pass) => page.voterWith(poll, pass, now()),
    newTicket: (voter, held) => page.newTicket(voter, held),
    async cast(poll, voter, vote) {
      const message = await page.ballotMessage(poll, voter, vote, now());
      if (!message) return undefined;
      await engine.sink(message);
      return decidedSoon(voter, { ticket: vote.ticket, heldKey: vote.held?.key });
    },
    fateOf: (voter, sent) => page.fateOf(voter, sent),
  };
}
