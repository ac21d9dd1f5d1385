import { createCallMeeting, createPreviewMeeting } from './call-meeting.ts';
import { createCancelMeeting, createMoveMeeting, createSaveMinutes } from './change-meeting.ts';
import type { MeetingDeps } from './meeting-deps.ts';

/** The steps of meetings as the console calls them. */
export function createMeetingUseCases(deps: MeetingDeps) {
  return {
    previewMeeting: createPreviewMeeting(deps),
    callMeeting: createCallMeeting(deps),
    moveMeeting: createMoveMeeting(deps),
    cancelMeeting: createCancelMeeting(deps),
    saveMinutes: createSaveMinutes(deps),
  };
}
