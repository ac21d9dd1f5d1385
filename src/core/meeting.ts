import type { Write } from './decision.ts';

export type MeetingState = 'called' | 'held' | 'cancelled';

/** A consultation meeting (协商会). */
export interface Meeting {
  readonly id: string;
  readonly placeId: string;
  readonly number: number;
  readonly topicId?: string;
  readonly topicNumber?: number;
  readonly title: string;
  readonly agenda: string;
  readonly startsAt: Date;
  readonly room: string;
  /** Who is asked to come, in words: 3号楼居民代表、物业、设计单位. */
  readonly invited: string;
  readonly groupIds: readonly string[];
  readonly state: MeetingState;
  readonly cancelledReason?: string;
  readonly minutes?: {
    readonly text: string;
    readonly attended: string;
    readonly at: Date;
    readonly byId: string;
  };
  readonly createdAt: Date;
  readonly createdById: string;
  readonly revision: number;
}

export type Attendance = 'coming' | 'away';

/** One person's answer to an invitation (RSVP); the last by (sentAt, messageId) stands. */
export interface Response {
  /** `<meetingId>|<personId>`. */
  readonly id: string;
  readonly meetingId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly personName: string;
  readonly answer: Attendance;
  readonly sentAt: Date;
  readonly messageId: string;
}

export interface MeetingStore {
  byId(id: string): Promise<Meeting | undefined>;
  byNumber(placeId: string, number: number): Promise<Meeting | undefined>;
  ofTopic(topicId: string): Promise<readonly Meeting[]>;
  /** Called meetings that a group was invited to and that have not begun before `from`; the next one first. */
  comingIn(groupId: string, from: Date): Promise<readonly Meeting[]>;
  /** By their start, the latest first. */
  list(query: {
    placeIds: readonly string[];
    states?: readonly MeetingState[];
    limit: number;
    after?: string;
  }): Promise<{
    readonly items: readonly Meeting[];
    readonly next?: string;
  }>;
  responsesOf(meetingId: string): Promise<readonly Response[]>;
  /** How many are coming and how many are away, per meeting; meetings without an answer are absent. */
  countResponses(
    meetingIds: readonly string[],
  ): Promise<ReadonlyMap<string, { coming: number; away: number }>>;
  insert(meeting: Meeting): Write;
  update(id: string, fields: Partial<Meeting>, revision: number): Write;
  /** Keeps the answer if it is later than the stored one by (sentAt, messageId); repeating it changes nothing. */
  respond(response: Response): Write;
}
