import type { Connection } from 'mongoose';
import type { Finding, FindingCode } from '#core/machinery';
import { createMachineryReads } from '#models/machinery';
import { createOutboxOperations } from '#models/outbox-operations';
import { createScheduleStore } from '#models/schedules';
import { createSelfCheckStore } from '#models/self-check';
import { createDemoOffset } from '#models/settings';
import { readStanding } from '#src/app/machinery';
import type { Config } from '#src/config';
import { createDatabaseClock } from '#src/database/clock';

import type { Remark } from './remarks.ts';

/** What is stuck in inbox, outbox, deadlines, schedules and leases. */
export async function lookAtMachinery(
  connection: Connection,
  { playground }: Pick<Config, 'playground'>,
): Promise<readonly Remark[]> {
  const clock = await createDatabaseClock({
    connection,
    ...(playground && { demoOffset: createDemoOffset(connection) }),
  });
  try {
    const stores = {
      machinery: createMachineryReads(connection),
      outboxOperations: createOutboxOperations(connection),
      schedules: createScheduleStore(connection),
      selfCheck: createSelfCheckStore(connection),
    };
    const { findings } = await readStanding(stores, { now: clock.now(), realNow: clock.realNow() });
    if (findings.length === 0) return [{ mark: 'ok', about: 'work', says: 'nothing is stuck' }];
    return findings.map(remarkOf);
  } finally {
    clock.stop();
  }
}

const WORDS: Readonly<Record<FindingCode, { readonly says: string; readonly cure: string }>> = {
  'inbox.late': {
    says: 'messages have waited for more than a minute to be decided',
    cure: 'none is lost; see that a process with the role inbox runs, and its log',
  },
  'inbox.dead': {
    says: 'messages were set aside after five tries',
    cure: 'look for "dead" in the log; the senders were told that it takes longer',
  },
  'outbox.late': {
    says: 'messages should have gone out 15 minutes ago',
    cure: 'see that a process with the role outbox runs and that this login is signed in',
  },
  'outbox.senderResting': {
    says: 'messages wait while this login rests, for its vendor refused or failed',
    cure: 'it goes on by itself; when it does not, see the vendor’s side',
  },
  'outbox.held': {
    says: 'messages may have been sent or not',
    cure: 'a secretary says which: console, 运行',
  },
  'outbox.dead': { says: 'messages were given up', cure: 'reasons and sending again: console, 运行' },
  'deadlines.late': {
    says: 'deadlines have come and did not fire',
    cure: 'see that a process with the role schedule runs, and "deadline" in its log',
  },
  'schedules.late': {
    says: 'recurring jobs have come and are not done',
    cure: 'when it stays so for minutes: "slot" in the log of the process with the role schedule',
  },
  'leases.free': {
    says: 'partitions are worked on by nobody',
    cure: 'start a process with this role (ROLES)',
  },
  'figures.differ': {
    says: 'figures are stored otherwise than they are counted',
    cure: 'nothing was put right: find out why (collection differences), docs/operations.md',
  },
};

function remarkOf({ code, severity, count, about, since }: Finding): Remark {
  const { says, cure } = WORDS[code];
  const which = about === undefined ? '' : ` (${about})`;
  const age = since === undefined ? '' : `, the oldest since ${since.toISOString()}`;
  return { mark: severity, about: code, says: `${count} ${says}${which}${age}`, cure };
}
