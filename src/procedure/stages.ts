import type { Poll } from '#core/poll';
import type { Meeting } from '#core/meeting';
import type { Stage, StageChange, Topic } from '#core/topic';

/**
 * Which stage may follow which (procedure.md B). `outcome → consult`: an objection sends it back (S4). `settle →
 * feedback` and `consult → feedback`: the matter is not pursued or no agreement is found; everybody concerned is
 * told why. A stage that is not listed is refused, for every role.
 */
const FOLLOWERS: Readonly<Record<Stage, readonly Stage[]>> = {
  collect: ['settle'],
  settle: ['consult', 'feedback'],
  consult: ['outcome', 'feedback'],
  outcome: ['assign', 'consult'],
  assign: ['supervise'],
  supervise: ['feedback'],
  feedback: ['evaluate'],
  evaluate: ['closed'],
  closed: [],
};

/** The stages that a topic may enter next. */
export function legalStages(from: Stage): readonly Stage[] {
  return FOLLOWERS[from];
}

export function canMove(from: Stage, to: Stage): boolean {
  return FOLLOWERS[from].includes(to);
}

/**
 * The fields of a topic that change when it enters a stage; undefined where the move is illegal. Staying where it is
 * changes nothing.
 */
export function movedTo(
  topic: Pick<Topic, 'stage' | 'history'>,
  stage: Stage,
  step: Omit<StageChange, 'stage'>,
): Pick<Topic, 'stage' | 'history'> | undefined {
  if (topic.stage === stage) return { stage, history: topic.history };
  if (!canMove(topic.stage, stage)) return undefined;
  return { stage, history: [...topic.history, { ...step, stage }] };
}

/** What the console offers as the one next action of a topic; `wait…` means that somebody else is at work. */
export type NextStep =
  | 'settleTopic'
  | 'openPoll'
  | 'waitForPoll'
  | 'callMeeting'
  | 'waitForMeeting'
  | 'writeMinutes'
  | 'publishOutcome'
  | 'waitForPublicity'
  | 'answerObjections'
  | 'assignItems'
  | 'followAssignments'
  | 'answerConcerns'
  | 'waitForRatings'
  | 'closeTopic'
  | 'none';

/** What the next step depends on, besides the stage. */
export interface TopicFacts {
  readonly polls: readonly Pick<Poll, 'state'>[];
  readonly meetings: readonly Pick<Meeting, 'state' | 'startsAt'>[];
  readonly outcome?: { readonly state: 'publicity' | 'stopped' | 'assigned' | 'withdrawn' };
  readonly openAssignments: number;
  /** Concerns of the topic without an answer. */
  readonly unansweredConcerns: number;
  readonly now: Date;
}

function consultStep({ polls, meetings, now }: TopicFacts): NextStep {
  if (polls.some((poll) => poll.state === 'open')) return 'waitForPoll';
  const called = meetings.filter((meeting) => meeting.state === 'called');
  if (called.some((meeting) => meeting.startsAt <= now)) return 'writeMinutes';
  if (called.length > 0) return 'waitForMeeting';
  return polls.some((poll) => poll.state === 'closed') ? 'callMeeting' : 'openPoll';
}

function outcomeStep({ outcome }: TopicFacts): NextStep {
  if (outcome?.state === 'publicity') return 'waitForPublicity';
  if (outcome?.state === 'stopped') return 'answerObjections';
  return outcome?.state === 'assigned' ? 'assignItems' : 'publishOutcome';
}

/** The next step of a topic: there is one at every stage but the last. */
export function nextStep(stage: Stage, facts: TopicFacts): NextStep {
  switch (stage) {
    case 'collect':
      return 'settleTopic';
    case 'settle':
      return 'openPoll';
    case 'consult':
      return consultStep(facts);
    case 'outcome':
      return outcomeStep(facts);
    case 'assign':
    case 'supervise':
      return facts.openAssignments > 0 ? 'followAssignments' : 'answerConcerns';
    case 'feedback':
      return facts.unansweredConcerns > 0 ? 'answerConcerns' : 'waitForRatings';
    case 'evaluate':
      return 'closeTopic';
    case 'closed':
      return 'none';
  }
}
