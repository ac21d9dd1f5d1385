import type { Poll } from '#core/poll';
import { createReceiptCheck } from './check-receipt.ts';
import { createAnnulPoll, createCloseEarly } from './close-poll.ts';
import { createEnterBallot } from './enter-ballot.ts';
import { createEndDelegation, createEnterDelegation } from './give-delegation.ts';
import { createPollExport } from './export-poll.ts';
import { createJoinVoters } from './join-voters.ts';
import { createOpenPoll, createPreviewPoll, pageLink } from './open-poll.ts';
import type { PollDeps } from './poll-deps.ts';
import { createResultTable } from './result-table.ts';

/** The steps of polls as the console calls them. */
export function createPollUseCases(deps: PollDeps) {
  return {
    previewPoll: createPreviewPoll(deps),
    openPoll: createOpenPoll(deps),
    voteLink: (poll: Poll) => pageLink(deps, poll),
    closeEarly: createCloseEarly(deps),
    annul: createAnnulPoll(deps),
    enterBallot: createEnterBallot(deps),
    enterDelegation: createEnterDelegation(deps),
    endDelegation: createEndDelegation(deps),
    joinVoters: createJoinVoters(deps),
    exportPoll: createPollExport(deps),
    resultTable: createResultTable(deps),
    receipts: createReceiptCheck(deps),
  };
}
