import type { BallotEventStore, PollSecrets } from '#core/ballot-event';
import type { Poll, PollStore } from '#core/poll';
import { buildExport } from '#src/proof/build-export';
import type { PollExport } from '#src/proof/export-format';
import { frozenPollOf, pollEndOf, sealedResultOf } from './frozen-poll.ts';

export interface ExportDeps {
  readonly polls: Pick<PollStore, 'ballotsInTime' | 'rollOf'>;
  readonly ballotEvents: Pick<BallotEventStore, 'inOrder'>;
  readonly pollSecrets: PollSecrets;
}

/**
 * A counted poll as anybody may check it, read from the ballots as they are now; undefined before it was counted and
 * sealed. Who may have it is for the caller to decide.
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
      form: 'secret',
      end: pollEndOf(poll),
      voters,
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
