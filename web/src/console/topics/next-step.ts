import type { StepInput } from '../../../../src/http/contract.ts';
import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';

type Stage = StepInput<'topic.stage'>['stage'];

const STAGE_STEPS: Readonly<Record<string, Stage>> = {
  settleTopic: 'settle',
  assignItems: 'assign',
  closeTopic: 'closed',
};

/** The stage that the next step enters, where it is only that. */
export function nextStepStage(action: string): Stage | undefined {
  return STAGE_STEPS[action];
}

interface NextLink {
  readonly to: string;
  /** Somebody else is at work: there is something to see, not to do. */
  readonly isWaiting?: boolean;
  readonly word?: string;
}

/** Where the next step is taken; undefined where there is nothing to do. */
export function nextStepLink(topic: TopicDetail): NextLink | undefined {
  const here = addresses.topic(topic.id);
  const tab = (name: string) => `${here}?tab=${name}`;
  const topicQuery = `?topic=${encodeURIComponent(topic.id)}`;
  const openPoll = topic.polls.find(({ state }) => state === 'open');
  const called = topic.meetings.find(({ state }) => state === 'called');
  const links: Readonly<Record<string, NextLink>> = {
    openPoll: { to: addresses.newPoll + topicQuery },
    waitForPoll: {
      to: openPoll ? addresses.poll(openPoll.id) : tab('polls'),
      isWaiting: true,
      word: '看表决',
    },
    callMeeting: { to: addresses.newMeeting + topicQuery },
    waitForMeeting: {
      to: called ? addresses.meeting(called.id) : tab('meetings'),
      isWaiting: true,
      word: '看报名',
    },
    writeMinutes: { to: called ? `${addresses.meeting(called.id)}?do=minutes` : tab('meetings') },
    publishOutcome: { to: `${here}/outcome` },
    waitForPublicity: { to: tab('outcome'), isWaiting: true, word: '看公示' },
    answerObjections: { to: tab('outcome') },
    followAssignments: { to: tab('assignments'), isWaiting: true, word: '看交办' },
    answerConcerns: { to: tab('concerns') },
    waitForRatings: { to: tab('concerns'), isWaiting: true, word: '看评价' },
  };
  return links[topic.nextStep.action];
}
