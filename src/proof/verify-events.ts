import { z } from 'zod';

import { ballotRank } from '#core/ballot-order';
import type { PollFault } from '#core/poll-fault';
import { chainStart, nextLink } from './chain.ts';
import type { OpenExport, PollExport } from './export-format.ts';
import { eventHash } from './rows.ts';
import { isEarly, strikesOf } from './verify-lists.ts';

interface CheckedChain {
  readonly head: string;
  readonly faults: readonly PollFault[];
}

/** Checks each event: its hash, its link to the one before, and in an open poll its time and voter. */
export function checkEvents(data: PollExport): CheckedChain {
  const { poll, seal, events } = data;
  const faults: PollFault[] = [];
  const seen = new Set<string>();
  let link = chainStart(poll.id, seal.opening);
  events.forEach((event, index) => {
    const fault = (kind: PollFault['kind']) => faults.push({ part: 'events', kind, row: index + 1 });
    if (nextLink(link, event.hash) !== event.link) fault('broken');
    if (seen.has(event.hash)) fault('repeated');
    seen.add(event.hash);
    link = event.link;
  });
  if (data.form === 'open') faults.push(...checkOpened(data), ...checkProxies(data));
  return { head: link, faults };
}

type OpenEvent = OpenExport['events'][number];

function checkOpened({ poll, roll, events, end }: OpenExport): readonly PollFault[] {
  const voters = new Set(roll.map(({ voter }) => voter));
  return events.flatMap((event, index) => {
    const kinds: PollFault['kind'][] = [];
    if (eventHash(poll.id, event) !== event.hash) kinds.push('altered');
    if (!voters.has(event.voter)) kinds.push('stranger');
    if (event.at > end.closesAt) kinds.push('late');
    if (isEarly(poll, event.at)) kinds.push('early');
    if (event.at < (events[index - 1]?.at ?? '')) kinds.push('unordered');
    return kinds.map((kind): PollFault => ({ part: 'events', kind, row: index + 1, name: event.voter }));
  });
}

/**
 * Checks each vote that somebody else cast: by another voter of the roll, for no more voters than the rules let
 * one speak for.
 */
function checkProxies({ poll, roll, events }: OpenExport): readonly PollFault[] {
  const most = z.int().positive().safeParse(poll.rules['proxiesPerHolder']).data ?? 0;
  const voters = new Set(roll.map(({ voter }) => voter));
  const spokenFor = new Map<string, Set<string>>();
  return events.flatMap(({ path, voter, enteredBy = '' }, index) => {
    if (path !== 'proxy') return [];
    const others = (spokenFor.get(enteredBy) ?? new Set()).add(voter);
    spokenFor.set(enteredBy, others);
    const isAllowed = voters.has(enteredBy) && enteredBy !== voter && others.size <= most;
    return isAllowed
      ? []
      : [{ part: 'events', kind: 'unauthorised', row: index + 1, name: voter } satisfies PollFault];
  });
}

/**
 * Checks ballots against events: each ballot is the vote of its voter that stands, and each voter with an event has a
 * ballot. What was cast by whoever was struck counts for the voter they are one with. Events of one instant stand in the order that decides between them.
 */
export function checkStanding({ ballots, events, end }: OpenExport): readonly PollFault[] {
  const strikes = strikesOf({ end });
  const standing = new Map<string, OpenEvent>();
  for (const event of events) {
    const voter = heirOf(event.voter, strikes);
    const before = standing.get(voter);
    if (!before || ballotRank(event.path) >= ballotRank(before.path)) standing.set(voter, event);
  }
  const faults: PollFault[] = [];
  ballots.forEach((ballot, index) => {
    const event = standing.get(ballot.voter);
    standing.delete(ballot.voter);
    const row = { part: 'ballots' as const, row: index + 1, name: ballot.code };
    if (!event) faults.push({ ...row, kind: 'unrecorded' });
    else if (saidOf(event) !== saidOf(ballot)) faults.push({ ...row, kind: 'outdated' });
  });
  for (const voter of standing.keys()) faults.push({ part: 'ballots', kind: 'missing', name: voter });
  return faults;
}

/** Who has the vote of this voter: themselves, or the voter they turned out to be one with. */
function heirOf(voter: string, strikes: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let heir = voter;
  for (let next = strikes.get(heir); next !== undefined && !passed.has(next); next = strikes.get(heir)) {
    passed.add(next);
    heir = next;
  }
  return heir;
}

function saidOf({ choice, path, at }: Pick<OpenEvent, 'choice' | 'path' | 'at'>): string {
  return JSON.stringify([choice, path, at]);
}
