import type { BallotEventStore, PollSecrets } from '#core/ballot-event';
import type { Poll, PollStore } from '#core/poll';
import { buildExport } from '#src/proof/build-export';
import type { PollExport } from '#src/proof/export-format';
import { frozenPollOf, pollEndOf, sealedResultOf, votersOf } from './frozen-poll.ts';

export interface ExportDeps {
  readonly polls: Pick<PollStore, 'ballotsInTime' | 'rollOf'>;
  readonly ballotEvents: Pick<BallotEventStore, 'inOrder'>;
  readonly pollSecrets: PollSecrets;
}

/**
 * A counted poll as anybody may check it, read from the ballots as they are now; undefined before it was counted and
 * sealed. Who chose what is in it only where the poll's rules said so when it opened: a vote in an open poll may have
 * been cast one-to-one not to be seen. Who may have it is for the caller to decide.
 */
export function createPollExport(deps: ExportDeps) {
  return async (poll: Poll): Promise<PollExport | undefined> => {
    const { result } = poll;
    if (!result?.seal) return undefined;
    const [secret, voters, ballots, events] = await Promise.all([
      deps.pollSecrets.secretOf(poll.id),
      deps.polls.rollOf(poll.id),
      listOf(deps.polls.ballotsInTime(poll)),
      listOf(deps.ballotEvents.inOrder(poll.id, poll.closesAt)),
    ]);
    return buildExport({
      poll: frozenPollOf(poll),
      secret,
      form: poll.rules.showsNames === true ? 'open' : 'secret',
      end: pollEndOf(poll),
      voters: votersOf(poll, voters),
      ballots,
      events,
      result: { ...sealedResultOf(result) },
      seal: result.seal,
    });
  };
}

async function listOf<One>(all: AsyncIterable<One>): Promise<readonly One[]> {
  const list: One[] = [];
  for await (const one of all) list.push(one);
  return list;
}
