import type { Write } from './decision.ts';
import type { ConversationRef, InboundSender } from './message.ts';
import type { Group, Identity, Person, Place } from './people.ts';

/** A sender that has spoken before. */
export interface KnownSender {
  readonly identity: Identity;
  readonly person: Person;
}

/** Who is speaking where, looked up for many messages at once, and the writes that keep it true. */
export interface Directory {
  /** Bound groups by `conversationKey`. A binding changed elsewhere is seen within two seconds. */
  groupsOf(conversations: readonly ConversationRef[]): Promise<ReadonlyMap<string, Group>>;
  /** Places by id; changes are seen within two seconds. */
  placesOf(placeIds: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  /** Known senders by `identityKey`. */
  sendersOf(identityKeys: readonly string[]): Promise<ReadonlyMap<string, KnownSender>>;
  /** Which of these memberships (`membershipKey`) exist and have not ended. */
  currentMemberships(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Person and identity of a sender nobody has met; the ids derive from the vendor's id. */
  newcomer(
    from: ConversationRef,
    sender: InboundSender,
    placeId: string,
  ): KnownSender & { writes: readonly Write[] };
  /** Keeps a changed name or one-to-one chat. */
  identified(identity: Identity): Write;
  joined(groupId: string, personId: string, at: Date): Write;
  left(groupId: string, personId: string, at: Date): Write;
}

/** One string a membership. */
export function membershipKey(groupId: string, personId: string): string {
  return `${groupId}|${personId}`;
}
