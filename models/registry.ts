import type { Schema } from 'mongoose';
import { assignmentsCollection } from './assignments.ts';
import { auditCollection } from './audit.ts';
import { ballotEventsCollection } from './ballot-events.ts';
import { ballotsCollection } from './ballots.ts';
import { concernsCollection } from './concerns.ts';
import { countersCollection } from './counters.ts';
import { deadlinesCollection } from './deadlines.ts';
import { delegationsCollection } from './delegations.ts';
import { checksCollection, differencesCollection } from './differences.ts';
import { endorsementsCollection } from './endorsements.ts';
import { feedbacksCollection } from './feedbacks.ts';
import { groupsCollection } from './groups.ts';
import { householdsCollection } from './households.ts';
import { identitiesCollection } from './identities.ts';
import { identityLinksCollection, linkCodesCollection } from './identity-links.ts';
import { inboxCollection } from './inbox.ts';
import { lanesCollection } from './lanes.ts';
import { leasesCollection } from './leases.ts';
import { loginLinksCollection, loginsCollection } from './logins.ts';
import { mailingsCollection } from './mailings.ts';
import { mediaCollection } from './media.ts';
import { meetingsCollection } from './meetings.ts';
import { membershipsCollection } from './memberships.ts';
import { noticesCollection } from './notices.ts';
import { objectionsCollection } from './objections.ts';
import { outboxBodiesCollection } from './outbox-bodies.ts';
import { outboxCollection } from './outbox.ts';
import { outcomesCollection } from './outcomes.ts';
import { papersCollection } from './papers.ts';
import { peopleCollection } from './people.ts';
import { placesCollection } from './places.ts';
import { pollSecretsCollection } from './poll-secrets.ts';
import { pollsCollection } from './polls.ts';
import { ratingsCollection } from './ratings.ts';
import { requestsCollection } from './requests.ts';
import { responsesCollection } from './responses.ts';
import { rollDraftsCollection } from './roll-drafts.ts';
import { rollsCollection } from './rolls.ts';
import { rosterListsCollection } from './roster-lists.ts';
import { schedulesCollection, slotsCollection } from './schedules.ts';
import { sendersCollection } from './senders.ts';
import { sessionsCollection } from './sessions.ts';
import { settingsCollection } from './settings.ts';
import { supplementsCollection } from './supplements.ts';
import { topicsCollection } from './topics.ts';
import { verificationsCollection } from './verifications.ts';
import { votingCodesCollection } from './voting-codes.ts';
import { webMessagesCollection } from './web-messages.ts';
import type { CollectionIndex, ShardKey } from './collection.ts';

/** A collection definition whose document type is of no interest. */
export interface DeclaredCollection {
  readonly name: string;
  readonly schema: Schema;
  readonly indexes: readonly CollectionIndex[];
  readonly shardKey?: ShardKey;
}

/** Every collection of the database, one line each; indexes are created and checked from this list. */
export const collections: readonly DeclaredCollection[] = [
  assignmentsCollection,
  auditCollection,
  ballotEventsCollection,
  ballotsCollection,
  checksCollection,
  concernsCollection,
  countersCollection,
  deadlinesCollection,
  delegationsCollection,
  differencesCollection,
  endorsementsCollection,
  feedbacksCollection,
  groupsCollection,
  householdsCollection,
  identitiesCollection,
  identityLinksCollection,
  inboxCollection,
  lanesCollection,
  leasesCollection,
  linkCodesCollection,
  loginLinksCollection,
  loginsCollection,
  mailingsCollection,
  mediaCollection,
  meetingsCollection,
  membershipsCollection,
  noticesCollection,
  objectionsCollection,
  outboxCollection,
  outboxBodiesCollection,
  outcomesCollection,
  papersCollection,
  peopleCollection,
  placesCollection,
  pollSecretsCollection,
  pollsCollection,
  ratingsCollection,
  requestsCollection,
  responsesCollection,
  rollDraftsCollection,
  rollsCollection,
  rosterListsCollection,
  schedulesCollection,
  sendersCollection,
  sessionsCollection,
  settingsCollection,
  slotsCollection,
  supplementsCollection,
  topicsCollection,
  verificationsCollection,
  votingCodesCollection,
  webMessagesCollection,
].map(declared);

function declared(definition: {
  name: string;
  schema: object;
  indexes: readonly CollectionIndex[];
  shardKey?: ShardKey;
}): DeclaredCollection {
  return { ...definition, schema: definition.schema as Schema };
}
