import type { ChannelCapabilities, OutboundBody } from '#core/channel';
import { definedFields, type Dispatch } from '#core/decision';
import type { ConversationRef } from '#core/message';
import type { Group } from '#core/people';
import type { Picture } from '#core/picture';

/** What a channel can do, by conversation; undefined for a login that is not configured. */
export type ChannelFacts = (conversation: ConversationRef) => ChannelCapabilities | undefined;

export interface BroadcastOptions {
  /** The notice, poll, meeting … whose delivery proof the rows belong to. */
  readonly subjectId: string;
  readonly notBefore?: Date;
  /** Nothing of it goes out in the quiet hours of this zone, also when it is tried again. */
  readonly quietZone?: string;
  readonly expiresAt?: Date;
  readonly urgent?: boolean;
}

/** The same message to several groups, each at most once: keys are `<keyPrefix>:<groupId>`; uncertain rows are held. */
export function toGroups(
  groups: readonly Group[],
  keyPrefix: string,
  body: OutboundBody,
  options: BroadcastOptions,
): Dispatch[] {
  return groups.map((group) => ({
    key: `${keyPrefix}:${group.id}`,
    to: group.conversation,
    body,
    whenUncertain: 'hold',
    groupId: group.id,
    placeId: group.placeId,
    ...definedFields(options),
  }));
}

/** Why a message will not simply arrive in a group; absent when it will. */
export type ReachNote = 'needsTap' | 'offline';

export interface GroupReach {
  readonly id: string;
  readonly name: string;
  /** Persons known to be in the group. */
  readonly people: number;
  readonly note?: ReachNote;
}

/** What a secretary sees before something goes to groups: the text byte for byte, and whom it reaches. */
export interface BroadcastPreview {
  readonly text: string;
  /** What goes along as a picture. */
  readonly picture?: Picture;
  /** Rules that are frozen by sending it, in words, each with what it is about. */
  readonly rules?: readonly (readonly [about: string, words: string])[];
  readonly groups: readonly GroupReach[];
  /** Persons reached, each once. */
  readonly people: number;
  /** When it goes out; absent = at once. */
  readonly sendAt?: Date;
}

/** What a channel's abilities mean for a message to this group. */
export function reachNote(group: Group, channelFacts: ChannelFacts): ReachNote | undefined {
  const facts = channelFacts(group.conversation);
  if (!facts) return 'offline';
  return facts.needsHumanConfirm ? 'needsTap' : undefined;
}
