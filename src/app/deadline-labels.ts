import type { Deadline, DeadlineKind } from '#core/deadline';
import { deadlineWords } from '#texts/words';

import type { Stores } from './stores.ts';

type Finder = (stores: Stores, subjectId: string) => Promise<string | undefined>;

const topicOf = (found: { readonly topicNumber: number } | undefined) => found && `议题#${found.topicNumber}`;
const ofPoll: Finder = async ({ polls }, id) => topicOf(await polls.byId(id));
const ofMeeting: Finder = async ({ meetings }, id) => numbered('协商会#', await meetings.byId(id));
const ofNotice: Finder = async ({ notices }, id) => numbered('通知#', await notices.byId(id));

const FINDERS: Readonly<Record<DeadlineKind, Finder>> = {
  'concern.similarWait': () => Promise.resolve(undefined),
  'poll.gather': ofPoll,
  'poll.remind': ofPoll,
  'poll.close': ofPoll,
  'meeting.remindDay': ofMeeting,
  'meeting.remindHour': ofMeeting,
  'publicity.end': async ({ outcomes }, id) => topicOf(await outcomes.byId(id)),
  'assignment.check': async ({ assignments }, id) => numbered('T', await assignments.byId(id)),
  'notice.send': ofNotice,
  'notice.expire': ofNotice,
  'notice.summary': ofNotice,
};

function numbered(mark: string, found: { readonly number: number } | undefined): string | undefined {
  return found && `${mark}${found.number}`;
}

/** 议题#3 表决截止: what happens by itself then, and to what. */
export async function deadlineLabel(stores: Stores, { kind, subjectId }: Deadline): Promise<string> {
  const subject = await FINDERS[kind](stores, subjectId);
  return subject === undefined ? deadlineWords(kind) : `${subject} ${deadlineWords(kind)}`;
}
