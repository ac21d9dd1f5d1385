import type { DeliveryRow } from './contract-delivery.ts';
import type { PollRow } from './contract-polls.ts';

/** What the pages of the console read, one type an answer. Times travel as ISO strings, ids and numbers as they are. */

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

export interface MeAnswer {
  readonly person: { readonly id: string; readonly name: string };
  readonly roles: readonly string[];
  readonly place: { readonly id: string; readonly name: string };
  /** Other places this person has an office in (and those below); `?place=` switches. */
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly demo: boolean;
  readonly now: string;
}

export interface PhotoView {
  readonly url: string;
  readonly name?: string;
  readonly kind: 'image' | 'file';
}

export interface ConcernRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly authorName: string;
  readonly groupName?: string;
  readonly raisedAt: string;
  readonly answerDueAt: string;
  /** `late`: the promise is broken; `today`: due within this day; `ok`. */
  readonly promise: 'late' | 'today' | 'ok';
  readonly endorsements: number;
  readonly state: string;
  readonly photos: number;
  readonly similarNumber?: number;
  readonly snoozedUntil?: string;
  readonly revision: number;
}

export interface ConcernDetail extends ConcernRow {
  readonly attachments: readonly PhotoView[];
  readonly original?: string;
  readonly enteredBy?: string;
  readonly supplements: readonly {
    readonly name: string;
    readonly text: string;
    readonly at: string;
    readonly photos: readonly PhotoView[];
  }[];
  readonly endorsers: readonly string[];
  readonly merged: readonly {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly authorName: string;
  }[];
  readonly mergedInto?: { readonly id: string; readonly number: number };
  readonly topic?: { readonly id: string; readonly number: number; readonly title: string };
  readonly answer?: {
    readonly kind: string;
    readonly text: string;
    readonly reason?: string;
    readonly instead?: string;
    readonly at: string;
    readonly by: string;
  };
  readonly similar: readonly {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly why: string;
  }[];
  /** Who will be told when it is answered. */
  readonly willTell: number;
  readonly told: readonly {
    readonly name: string;
    readonly at: string;
    readonly way: string;
    readonly rating?: string;
  }[];
}

export interface TopicRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly stage: string;
  readonly concerns: number;
  readonly createdAt: string;
}

export interface TopicDetail extends TopicRow {
  readonly description: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly revision: number;
  readonly waiting: number;
  readonly nextStep: { readonly action: string; readonly label: string; readonly missing?: string };
  readonly legalStages: readonly string[];
  readonly history: readonly {
    readonly at: string;
    readonly what: string;
    readonly who: string;
    readonly note?: string;
  }[];
  readonly concernRows: readonly ConcernRow[];
  readonly polls: readonly PollRow[];
  readonly meetings: readonly MeetingRow[];
  readonly outcome?: OutcomeView;
  readonly assignments: readonly AssignmentRow[];
}

export interface MeetingRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly startsAt: string;
  readonly room: string;
  readonly state: string;
  readonly coming: number;
  readonly away: number;
  readonly topicId?: string;
  readonly topicNumber?: number;
}

export interface MeetingDetail extends MeetingRow {
  readonly agenda: string;
  readonly invited: string;
  readonly revision: number;
  readonly responses: readonly { readonly name: string; readonly answer: string; readonly at: string }[];
  readonly minutes?: {
    readonly text: string;
    readonly attended: string;
    readonly at: string;
    readonly by: string;
  };
  readonly groupNames: readonly string[];
  readonly delivery: readonly DeliveryRow[];
}

export interface OutcomeView {
  readonly id: string;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly state: string;
  readonly publicFrom: string;
  readonly publicUntil: string;
  readonly revision: number;
  readonly items: readonly {
    readonly action: string;
    readonly ownerName: string;
    readonly unit: string;
    readonly dueAt: string;
  }[];
  readonly objections: readonly { readonly reason: string; readonly at: string; readonly inTime: boolean }[];
  readonly resolution?: string;
}

export interface AssignmentRow {
  readonly id: string;
  readonly number: number;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly action: string;
  readonly ownerName: string;
  readonly unit: string;
  readonly dueAt: string;
  readonly state: string;
  readonly light: 'green' | 'yellow' | 'red';
  readonly wasRed: boolean;
  /** Chinese: why this light, e.g. 过期1个工作日; empty where the state says it all. */
  readonly lightReason: string;
  readonly revision: number;
}

export interface AssignmentDetail extends AssignmentRow {
  readonly assignedAt: string;
  readonly groupName: string;
  readonly report?: {
    readonly text: string;
    readonly photos: readonly PhotoView[];
    readonly at: string;
    readonly by: string;
  };
  readonly extension?: {
    readonly toAt: string;
    readonly reason: string;
    readonly state: string;
    readonly answer?: string;
  };
  readonly returnedReason?: string;
  readonly lastUrgedAt?: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly state: string;
  readonly createdAt: string;
  readonly sendAt?: string;
  readonly groups: number;
  readonly delivered: number;
  readonly failed: number;
}

export interface NoticeDetail extends NoticeRow {
  readonly confirmCode?: string;
  readonly expiresAt: string;
  readonly createdBy: string;
  readonly urgent: boolean;
  readonly people: number;
  readonly delivery: readonly DeliveryRow[];
  readonly revision: number;
}

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly channel: string;
  readonly members: number;
  readonly unit?: string;
  readonly lastDelivery?: { readonly word: string; readonly at: string };
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly offices: readonly string[];
  readonly groups: readonly string[];
  readonly concerns: number;
}

/** What waits for the reader, by deadline. */
export interface TodayAnswer {
  readonly items: readonly {
    readonly kind:
      | 'assignment'
      | 'concern'
      | 'poll'
      | 'objection'
      | 'extension'
      | 'claimed'
      | 'notice'
      | 'meeting'
      | 'returned';
    readonly urgency: 'late' | 'today' | 'waiting' | 'new';
    readonly label: string;
    readonly detail: string;
    readonly path: string;
    readonly action: string;
  }[];
  readonly week: readonly { readonly at: string; readonly label: string; readonly path: string }[];
  readonly counts: { readonly unanswered: number; readonly topics: number; readonly assignments: number };
  /** Echo: concerns raised and answered, and those past their promise. */
  readonly echo: { readonly received: number; readonly answered: number; readonly silent: number };
}

/** Hints over SSE at /api/console/live: this collection changed, look again. */
export interface LiveHint {
  readonly collection: string;
}
