import type { PlaceRules } from '#core/people';

/**
 * Defaults of a place's rules. The seed articles give no figures (procedure.md B.4); these are ours, are shown as
 * 默认 in the settings, and a place may change each of them.
 */
export const DEFAULT_RULES: PlaceRules = {
  // interface.md §3, concern.registered: raised on 1 December, promised for the 4th.
  answerWithinDays: 3,
  // procedure.md C: publicity period and objection window (S5, S6).
  publicityDays: 5,
  // procedure.md C: notice before a meeting (D1, Y3).
  meetingNoticeDays: 3,
  // procedure.md C: green with more than three working days left (F2, D13).
  yellowWithinWorkingDays: 3,
  // interface.md §3, concern.similar.
  similarWaitMinutes: 10,
  // interface.md §3, notice.preview.
  confirmWithinMinutes: 10,
};

/** What a poll gets when the secretary says nothing else. Quorum off: results advise only (procedure.md C). */
export const POLL_DEFAULTS = {
  days: 7,
  hour: 18,
  quorum: 0,
  options: ['赞成', '反对', '弃权'],
  // interface.md §3, result.valid: closed on the 20th, answered by the 25th.
  answerWithinDays: 5,
} as const;

/** Ballots are persons' ballots; households come with rolls that name them. */
export const VOTING_UNIT = '人';

/** Bounds of a poll: shorter nobody can answer, longer nobody remembers. */
export const POLL_BOUNDS = { minMinutes: 10, maxDays: 60, minOptions: 2, maxOptions: 20 } as const;
