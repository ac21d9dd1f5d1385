import { isEntered } from '#core/ballot-order';
import type { RollEntry } from '#core/roll';
import { householdIdOf } from '#core/roster';
import { readRoomAddress } from '#language/room-address';

import type { Page } from '../contract-views.ts';
import type { VoterRow } from '../contract-roster.ts';
import { notFound } from '../problems.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

const MOST_SHOWN = 20;

/** The voters of a poll behind the door that is searched for: 3-2-501. Without a door that is understood, nobody. */
export async function votersAt(
  { polls }: Pick<ConsoleStores, 'polls'>,
  viewer: Viewer,
  pollId: string,
  search: string | undefined,
): Promise<Page<VoterRow>> {
  const poll = await polls.byId(pollId);
  if (!poll || !viewer.placeIds.includes(poll.placeId)) throw notFound();
  const address = readRoomAddress(search?.trim() ?? '');
  if (!address) return { items: [] };
  const entries = await polls.entriesOfHousehold(pollId, householdIdOf(poll.placeId, address));
  const rows = entries.slice(0, MOST_SHOWN).map((entry) => voterRow(polls, pollId, entry));
  return { items: await Promise.all(rows) };
}

async function voterRow(
  polls: ConsoleStores['polls'],
  pollId: string,
  { voterId, label = '' }: RollEntry,
): Promise<VoterRow> {
  const ballot = await polls.ballotOf(pollId, voterId);
  if (!ballot) return { voterId, label, voted: 'no' };
  if (ballot.path === 'proxy') return { voterId, label, voted: 'proxy' };
  return { voterId, label, voted: isEntered(ballot.path) ? 'entered' : 'own' };
}
