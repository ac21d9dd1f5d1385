import type { LeaseKind } from './leases.ts';
import type { LaneSummary, OutboxCounts, SenderSummary } from './outbox-operations.ts';
import type { Schedule, ScheduleStanding } from './schedule.ts';
import type { Difference } from './self-check.ts';

/** What waits to be done, and since when. */
export interface Waiting {
  readonly count: number;
  /** When the oldest of them could have been done. */
  readonly oldestAt?: Date;
}

/** Who works on one kind of work. */
export interface LeaseStanding {
  readonly kind: LeaseKind;
  readonly partitions: number;
  /** Partitions whose lease runs. Fewer than `partitions` for more than some seconds: that work is not done. */
  readonly held: number;
  /** Processes that hold them. */
  readonly holders: number;
}

/** How inbox, outbox, deadlines, schedules and leases stand at one moment, over all places. */
export interface Machinery {
  /** Messages that are kept and not decided; those put off for later are not counted. */
  readonly inbox: Waiting & { readonly dead: number };
  readonly outbox: OutboxCounts & { readonly senders: readonly SenderSummary[] };
  /** Deadlines whose time has come. */
  readonly deadlines: Waiting;
  readonly schedules: readonly ScheduleStanding[];
  readonly leases: readonly LeaseStanding[];
  /** Figures that the hourly check counted otherwise than they are stored; the oldest first, at most a few hundred. */
  readonly differences: readonly Difference[];
}

/**
 * Something an operator should know of. `broken`: a promise is at stake now, somebody has to act. `look`: nothing is
 * lost, but a person decides or watches. `count` things are concerned, the oldest since `since`.
 */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'broken' | 'look';
  readonly count: number;
  readonly since?: Date;
  /** Which kind of work or which login, where it is one of several. */
  readonly about?: string;
}

export type FindingCode =
  | 'inbox.late'
  | 'inbox.dead'
  | 'outbox.late'
  | 'outbox.senderResting'
  | 'outbox.held'
  | 'outbox.dead'
  | 'deadlines.late'
  | 'schedules.late'
  | 'leases.free'
  | 'figures.differ';

/** How everything stands at one moment, and what of it needs somebody, the worst first. */
export interface Standing extends Machinery {
  readonly findings: readonly Finding[];
}

export interface LaneGroup {
  readonly name: string;
  readonly placeId: string;
}

/** A recurring job, how it went and when it runs next. */
export interface TimetableEntry extends Pick<Schedule, 'id' | 'kind' | 'placeId'> {
  readonly last?: ScheduleStanding['last'];
  readonly waiting: number;
  readonly nextAt?: Date;
}

export interface StandingInDetail extends Standing {
  /** The conversations whose oldest message waits longest. */
  readonly lanes: readonly LaneSummary[];
  /** The groups that these lanes are, by lane; lanes of one person are absent. */
  readonly laneGroups: ReadonlyMap<string, LaneGroup>;
  /** Every recurring job there is now, also those that never ran. */
  readonly timetable: readonly TimetableEntry[];
}

/** Reads of the inbox, the deadlines and the leases for operators; nothing here authorises. */
export interface MachineryReads {
  /** `now` is the product's time, by which messages become available. */
  inbox(now: Date): Promise<Machinery['inbox']>;
  deadlines(now: Date): Promise<Waiting>;
  leases(): Promise<readonly LeaseStanding[]>;
  /** The groups whose conversations these lanes are; lanes of one person are absent. */
  laneGroups(lanes: readonly string[]): Promise<ReadonlyMap<string, LaneGroup>>;
}
