import type { AnyCommand } from '#core/command';
import type { MeetingDeps } from './meeting-deps.ts';
import { createPrepareMeetingCommands } from './prepare-meeting.ts';
import { createRespondCommands } from './respond-commands.ts';

export function createMeetingCommands(deps: MeetingDeps): readonly AnyCommand[] {
  return [...createRespondCommands(deps), ...createPrepareMeetingCommands(deps)];
}
