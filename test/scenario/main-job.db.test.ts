import { afterAll, beforeAll } from 'vitest';

import { startApp } from '#test/support/app';
import { openTown } from '#test/support/chat';
import { signIn } from '#test/support/console';
import { residentsSpeak, secretarySorts } from './main-job/concerns.ts';
import { assignmentsAreDone } from './main-job/assignments.ts';
import { everybodyIsAnswered } from './main-job/feedback.ts';
import { meetingIsHeld } from './main-job/meeting.ts';
import { noticesGoOut } from './main-job/notices.ts';
import { outcomeIsPublic } from './main-job/outcome.ts';
import { residentsVote } from './main-job/poll.ts';
import type { Story } from './main-job/story.ts';

const story = {} as Story;

beforeAll(async () => {
  story.app = await startApp();
  story.town = await openTown(story.app);
  story.liuMin = await signIn(story.app, '刘敏');
});
afterAll(() => story.app.stop());

residentsSpeak(story);
secretarySorts(story);
residentsVote(story);
meetingIsHeld(story);
outcomeIsPublic(story);
assignmentsAreDone(story);
everybodyIsAnswered(story);
noticesGoOut(story);
