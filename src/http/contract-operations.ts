/** What the page 运行 reads. Times travel as ISO strings. */

/** A message that is held or was given up. */
export interface AsideView {
  readonly outboxId: string;
  readonly word: 'uncertain' | 'failed';
  /** The group it goes to; 一对一 for one person. */
  readonly to: string;
  /** First line of the message; empty for what goes to one person. */
  readonly about: string;
  readonly cause: string;
  readonly cure: string;
  readonly at: string;
}

export interface FindingView {
  readonly code: string;
  readonly severity: 'broken' | 'look';
  readonly what: string;
  readonly cure: string;
  readonly about?: string;
  readonly since?: string;
}

/** How the machinery stands; for admins. */
export interface MachineryView {
  readonly findings: readonly FindingView[];
  readonly inbox: { readonly waiting: number; readonly dead: number; readonly oldestAt?: string };
  readonly outbox: {
    readonly queued: number;
    readonly underWay: number;
    readonly held: number;
    readonly dead: number;
    readonly sent: number;
    readonly senders: readonly {
      readonly sender: string;
      readonly queued: number;
      readonly due: number;
      readonly faults: number;
      readonly oldestDueAt?: string;
      readonly restsUntil?: string;
    }[];
    /** Conversations in which the oldest message waits longest. */
    readonly lanes: readonly {
      readonly name: string;
      readonly queued: number;
      readonly oldestDueAt: string;
      readonly restsUntil?: string;
    }[];
  };
  readonly schedules: readonly {
    readonly word: string;
    readonly placeName: string;
    readonly waiting: number;
    readonly lastAt?: string;
    /** How much later than its time the last one ran. */
    readonly lateMs?: number;
    readonly wasSkipped?: boolean;
    readonly nextAt?: string;
  }[];
  readonly work: readonly {
    readonly word: string;
    readonly held: number;
    readonly partitions: number;
    readonly processes: number;
  }[];
}
