import type { Write } from './decision.ts';
import type { DeliveryWord } from './outbox.ts';

/** `prepared`: previewed, waits for its confirmation. `scheduled`: confirmed, its time has not come. */
export type NoticeState = 'prepared' | 'scheduled' | 'sent' | 'expired' | 'cancelled';

/** A broadcast to chosen groups; delivery proof per group is read from the outbox by `subjectId`. */
export interface Notice {
  readonly id: string;
  readonly placeId: string;
  readonly number: number;
  readonly text: string;
  readonly groupIds: readonly string[];
  readonly state: NoticeState;
  /** Four digits to be repeated for sending: 确认 8842. */
  readonly confirmCode: string;
  readonly expiresAt: Date;
  readonly sendAt?: Date;
  /** Sent in quiet hours (22:00–7:00) too. */
  readonly urgent: boolean;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly sentAt?: Date;
  readonly revision: number;
}

export interface NoticeStore {
  byId(id: string): Promise<Notice | undefined>;
  byNumber(placeId: string, number: number): Promise<Notice | undefined>;
  /** The latest notice that this code was given to, whatever became of it. */
  withCode(placeId: string, code: string): Promise<Notice | undefined>;
  list(query: { placeIds: readonly string[]; limit: number; after?: string }): Promise<{
    readonly items: readonly Notice[];
    readonly next?: string;
  }>;
  insert(notice: Notice): Write;
  update(id: string, fields: Partial<Notice>, revision: number): Write;
}

/** Read side of the outbox that consoles and summaries need. */
export interface DeliveryProof {
  bySubject(subjectId: string): Promise<
    readonly {
      id: string;
      groupId?: string;
      word: DeliveryWord;
      reason?: string;
      about?: string;
      at?: Date;
    }[]
  >;
}
