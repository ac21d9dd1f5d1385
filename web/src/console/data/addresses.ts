const at = (list: string) => (id: string) => `/console/${list}/${encodeURIComponent(id)}`;

/** Addresses of the console's pages. */
export const addresses = {
  today: '/console/',
  signIn: '/console/sign-in',
  concerns: '/console/concerns',
  concern: at('concerns'),
  newConcern: '/console/concerns/new',
  topics: '/console/topics',
  topic: at('topics'),
  newTopic: '/console/topics/new',
  polls: '/console/polls',
  poll: at('polls'),
  newPoll: '/console/polls/new',
  meetings: '/console/meetings',
  meeting: at('meetings'),
  newMeeting: '/console/meetings/new',
  assignments: '/console/assignments',
  assignment: at('assignments'),
  notices: '/console/notices',
  notice: at('notices'),
  newNotice: '/console/notices/new',
  people: '/console/people',
  groups: '/console/groups',
  account: '/console/account',
  more: '/console/more',
} as const;
