import type { AnyCommand } from '#core/command';
import { createBallotCommands } from './ballot-commands.ts';
import type { PollDeps } from './poll-deps.ts';
import { createDelegationCommands } from './delegation-commands.ts';
import { createPreparePollCommands } from './prepare-poll.ts';
import { createReceiptCommand } from './receipt-command.ts';

/** All chat commands of polls; the router's `bareNumber` is `createBareBallot`. */
export function createPollCommands(deps: PollDeps): readonly AnyCommand[] {
  return [
    ...createBallotCommands(deps),
    ...createDelegationCommands(deps),
    createReceiptCommand(deps),
    ...createPreparePollCommands(deps),
  ];
}
