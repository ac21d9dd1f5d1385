import type { Connection } from 'mongoose';

import type { Chance } from '#core/clock';
import type { DeliveryProof } from '#core/notice';
import type { OutboxStore } from '#core/outbox';
import { createAssignmentStore } from '#models/assignments';
import { createBallotEventStore } from '#models/ballot-events';
import { createConcernStore } from '#models/concerns';
import { createNumberStore } from '#models/counters';
import { createDeadlineStore } from '#models/deadlines';
import { createDelegationStore } from '#models/delegations';
import { createDirectory } from '#models/directory';
import { createGroupStore } from '#models/groups';
import { saveIdentity } from '#models/identities';
import { createIdentityLinkStore } from '#models/identity-links';
import { createInboxFates } from '#models/inbox-fates';
import { createInboxStore } from '#models/inbox-store';
import { createLoginStore } from '#models/logins';
import { createMachineryReads } from '#models/machinery';
import { createMediaStore } from '#models/media';
import { createMeetingStore } from '#models/meetings';
import { createNoticeStore } from '#models/notices';
import { createOutboxOperations } from '#models/outbox-operations';
import { createOutboxStore } from '#models/outbox-store';
import { createOutcomeStore } from '#models/outcomes';
import { createPaperStore } from '#models/papers';
import { createPeopleList } from '#models/people-list';
import { createPeopleStore } from '#models/people';
import { createPlaceStore } from '#models/places';
import { createPollSecrets } from '#models/poll-secrets';
import { createPollStore } from '#models/polls';
import { createRosterListStore } from '#models/roster-lists';
import { createRosterStore } from '#models/roster-store';
import { createScheduleStore } from '#models/schedules';
import { createSelfCheckStore } from '#models/self-check';
import { createTopicStore } from '#models/topics';
import { createVerificationStore } from '#models/verifications';
import { createVotingCodeStore } from '#models/voting-codes';
import { createTranscriptStore } from '#models/web-messages';

export type Stores = ReturnType<typeof createStores>;

/** Every store on one connection. */
export function createStores(connection: Connection, chance: Chance) {
  const outbox = createOutboxStore(connection, chance);
  return {
    places: createPlaceStore(connection),
    groups: createGroupStore(connection),
    people: createPeopleStore(connection),
    peopleList: createPeopleList(connection),
    directory: createDirectory(connection),
    concerns: createConcernStore(connection),
    topics: createTopicStore(connection),
    polls: createPollStore(connection),
    roster: createRosterStore(connection),
    identityLinks: createIdentityLinkStore(connection),
    rosterLists: createRosterListStore(connection),
    verifications: createVerificationStore(connection),
    papers: createPaperStore(connection),
    delegations: createDelegationStore(connection),
    ballotEvents: createBallotEventStore(connection),
    pollSecrets: createPollSecrets(connection, chance),
    meetings: createMeetingStore(connection),
    outcomes: createOutcomeStore(connection),
    assignments: createAssignmentStore(connection),
    notices: createNoticeStore(connection),
    deadlines: createDeadlineStore(connection),
    schedules: createScheduleStore(connection),
    numbers: createNumberStore(connection),
    inbox: createInboxStore(connection),
    outbox,
    outboxOperations: createOutboxOperations(connection),
    machinery: createMachineryReads(connection),
    selfCheck: createSelfCheckStore(connection),
    delivery: deliveryProof(outbox),
    votingCodes: createVotingCodeStore(connection),
    inboxFates: createInboxFates(connection),
    media: createMediaStore(connection),
    transcript: createTranscriptStore(connection),
    logins: createLoginStore(connection),
  };
}

/** The writes that set up a community: its places, groups, people and who is in which group. */
export function communityWrites({ places, groups, people, directory }: Stores) {
  return {
    place: places.save,
    group: groups.save,
    person: people.save,
    identity: saveIdentity,
    membership: directory.joined,
  };
}

function deliveryProof(outbox: OutboxStore): DeliveryProof {
  return { bySubject: async (subjectId) => (await outbox.progress(subjectId)).rows };
}
