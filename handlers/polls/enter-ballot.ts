import { requirePlace, requireRole } from '#core/authorise';
import { isEntered, standsOver } from '#core/ballot-order';
import { MINUTE_MS } from '#core/clock';
import type { Actor } from '#core/command';
import { definedFields, type Decision, type Dispatch, type Write } from '#core/decision';
import { UserError } from '#core/errors';
import type { Attachment } from '#core/message';
import { ballotId, type Ballot, type Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Choice } from '#core/vote-method';
import { cleanUserText } from '#language/clean-text';
import { checkChoice } from '#procedure/choices';
import { ENTERED_WORDS, rollTexts } from '#texts/roll-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import type { PollDeps } from './poll-deps.ts';
import { recordBallot } from './record-ballot.ts';

/** A ballot on paper, by telephone or from a home visit, as staff enter it for a voter. */
export interface EnterBallot {
  readonly pollId: string;
  readonly voterId: string;
  /** As it is written: numbers of options from 1, or one figure an option. */
  readonly values: readonly number[];
  readonly path: keyof typeof ENTERED_WORDS;
  /** The time on the paper, or of the call. */
  readonly at: Date;
  /** What secretaries of the place may see later: at most 200 characters, and a photo of the paper. */
  readonly note?: string;
  readonly photo?: Attachment;
}

/** A minute that is still running may be written on the paper. */
const SLACK_MS = MINUTE_MS;
const MOST_NOTE_CHARS = 200;

/**
 * Enters a ballot for a voter, marked with who did it and the time on the paper. It counts unless the voter cast one in
 * person or there is a later paper; a correction of the same paper counts. The household is told one-to-one.
 */
export function createEnterBallot(deps: PollDeps) {
  return async (actor: Actor, input: EnterBallot): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '补录' }));
    const poll = requirePlace(actor, await deps.polls.byId(input.pollId), topicTexts.pollUnknown());
    checkOpen(poll, actor, input.at);
    const entry = await deps.polls.entryOf(poll.id, input.voterId);
    const isStruck = poll.strikes?.some(({ voterId }) => voterId === entry?.voterId) === true;
    if (!entry || isStruck) throw new UserError('ballot.notOnRoll', rollTexts.voterUnknown());
    const choice = choiceOn(poll, input.values);
    const stored = await deps.polls.ballotOf(poll.id, entry.voterId);
    const ballot = ballotOf(actor, poll, entry, { ...input, choice });
    const isCounted = !stored || !standsOver(stored, ballot);
    const paper = paperOf(deps, actor, { poll, entry, input, isCounted });
    const decision = isCounted
      ? await kept(deps, actor, poll, entry, ballot)
      : notCounted(actor, poll, entry, stored);
    const audit = decision.audit?.map((one) => ({ ...one, facts: { ...one.facts, ...keptFacts(input) } }));
    return { ...decision, writes: [...decision.writes, paper], ...definedFields({ audit }) };
  };
}

/** What is kept of the paper, for the audit: that there is something, never what. */
function keptFacts({ note, photo }: EnterBallot): { readonly keeps?: string } {
  const keeps = [note === undefined ? '' : 'note', photo === undefined ? '' : 'photo'].join(' ').trim();
  return keeps === '' ? {} : { keeps };
}

interface Entered {
  readonly poll: Poll;
  readonly entry: RollEntry;
  readonly input: EnterBallot;
  readonly isCounted: boolean;
}

/** That it was entered, whether it counts or not, with note and photo. */
function paperOf(
  { papers }: Pick<PollDeps, 'papers'>,
  actor: Actor,
  { poll, entry, input, isCounted }: Entered,
): Write {
  const note = input.note === undefined ? '' : cleanUserText(input.note, { maxChars: MOST_NOTE_CHARS }).text;
  return papers.insert({
    id: `paper:${actor.requestId}`,
    pollId: poll.id,
    placeId: poll.placeId,
    voterId: entry.voterId,
    label: entry.label ?? '',
    path: input.path,
    at: input.at,
    enteredAt: actor.now,
    enteredById: actor.person.id,
    ...(note !== '' && { note }),
    ...definedFields({ photo: input.photo }),
    isCounted,
  });
}

/** As on the paper; a number that was typed twice, or 12 for 1 and 2, is a slip of whoever enters it, and nothing is guessed from it. */
function choiceOn(poll: Poll, values: readonly number[]): Choice {
  const isByOption = poll.method.kind === 'points' || poll.method.kind === 'score';
  const isTwice = new Set(values).size < values.length;
  const isSlip = !isByOption && (isTwice || values.some((value) => value > poll.options.length));
  const checked = checkChoice(poll, { kind: 'list', values });
  if (!checked.ok || isSlip) throw new UserError('ballot.invalid', rollTexts.choiceWrong());
  return checked.choice;
}

function checkOpen(poll: Poll, { now }: Actor, at: Date): void {
  if (poll.state !== 'open' || now > poll.closesAt) throw new UserError('poll.over', rollTexts.over());
  const isWithin =
    at.getTime() >= poll.openedAt.getTime() - SLACK_MS && at.getTime() <= now.getTime() + SLACK_MS;
  if (!isWithin || at > poll.closesAt) throw new UserError('ballot.timeWrong', rollTexts.timeWrong());
}

function ballotOf(
  actor: Actor,
  poll: Poll,
  entry: RollEntry,
  input: EnterBallot & { readonly choice: Choice },
): Omit<Ballot, 'receipt'> {
  return {
    id: ballotId(poll.id, entry.voterId),
    pollId: poll.id,
    placeId: poll.placeId,
    voterId: entry.voterId,
    voterName: entry.label ?? '',
    choice: input.choice,
    sentAt: input.at,
    // Of two entries of one paper the one that was entered later stands: the first was a slip.
    messageId: `${actor.now.toISOString()}|${actor.requestId}`,
    path: input.path,
    enteredById: actor.person.id,
    castAt: actor.now,
  };
}

/** Nothing changes, but that somebody brought a paper is on record. */
function notCounted(actor: Actor, poll: Poll, { voterId, label = '' }: RollEntry, stored: Ballot): Decision {
  return {
    writes: [],
    dispatches: [],
    audit: [audit(actor, poll, 'ballot.paperNotCounted', { voter: voterId, standing: stored.path })],
    guarded: true,
    summary: isEntered(stored.path) ? rollTexts.older({ label }) : rollTexts.overruled({ label }),
    event: 'ballot.paperNotCounted',
  };
}

async function kept(
  deps: PollDeps,
  actor: Actor,
  poll: Poll,
  entry: RollEntry,
  ballot: Omit<Ballot, 'receipt'>,
): Promise<Decision> {
  const path = ENTERED_WORDS[ballot.path as EnterBallot['path']];
  const { label = '' } = entry;
  return {
    // Touched, so that a closing that has counted already counts again.
    writes: [deps.polls.touchOpen(poll.id), ...(await recordBallot(deps, ballot)).writes],
    dispatches: await toHousehold(deps, actor, poll, entry, path),
    audit: [audit(actor, poll, 'ballot.entered', { voter: entry.voterId, path: ballot.path })],
    guarded: true,
    summary: rollTexts.entered({ label, path }),
    event: 'ballot.entered',
  };
}

async function toHousehold(
  deps: PollDeps,
  { requestId, place }: Actor,
  { topicNumber, closesAt }: Poll,
  { personIds, label = '' }: RollEntry,
  path: string,
): Promise<Dispatch[]> {
  const direct = await deps.people.directOf(personIds);
  const text = rollTexts.enteredForYou({ topicNumber, label, path, contact: place.dutyContact });
  return [...direct].map(([personId, to]) => ({
    key: `ballot-entered:${requestId}:${personId}`,
    to,
    body: { text },
    expiresAt: closesAt,
  }));
}

function audit(
  { person, now }: Actor,
  { id, placeId }: Poll,
  action: string,
  facts: Readonly<Record<string, string>>,
) {
  return { placeId, action, actorId: person.id, subjectId: id, at: now, facts };
}
