import type { Page } from '../../../../src/http/contract-views.ts';
import type { VoterRow } from '../../../../src/http/contract-roster.ts';
import { api } from '../../api/client.ts';

/** The voters of a poll behind a door, as somebody typed it: 3-2-501. */
export async function votersAt(pollId: string, placeId: string, said: string): Promise<readonly VoterRow[]> {
  const query = new URLSearchParams({ place: placeId, search: said.trim() });
  const path = `/api/console/polls/${encodeURIComponent(pollId)}/voters?${query.toString()}`;
  return (await api<Page<VoterRow>>(path)).items;
}
