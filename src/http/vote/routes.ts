import express, { Router, type Request, type Response } from 'express';

import type { InboxFate } from '#core/inbox-fate';
import type { ChoiceProblem } from '#core/vote-method';
import type { HeldVote, PageVoter } from '#core/vote-page';
import { checkChoice } from '#procedure/choices';
import { VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import { heldSection, heldView, notHeldView } from './held-views.ts';
import type { Html } from './html.ts';
import { createPace, type Pace } from './pace.ts';
import type { VotePageDeps } from './page-deps.ts';
import { dropPass, keepPass, passOf } from './pass-cookie.ts';
import { answerVoteProblems, VoteProblem } from './problems.ts';
import { digitsIn, fieldsOf, givenIn, wordsIn } from './read-form.ts';
import { createShell, type View } from './shell.ts';
import {
  chooseView,
  closesWords,
  codeView,
  confirmView,
  notOnRollView,
  receiptView,
  resultView,
  sentenceView,
  signInView,
  underWayView,
  type Shown,
} from './views.ts';

/** A request with everything that every step needs. */
interface Turn {
  readonly shown: Shown;
  readonly voter: PageVoter | undefined;
  readonly request: Request<{ address: string }>;
  readonly response: Response;
}

const FORM_LIMIT = '16kb';
const COUNTED: readonly string[] = ['ballot.accepted', 'ballot.changed', 'ballot.proxy'];

/**
 * The page on which a poll is voted in: plain HTML and forms, so that it works without scripts. Nothing of a choice is
 * ever in an address, and nothing here is kept on the way.
 */
export function votePageRoutes(deps: VotePageDeps): Router {
  const router = Router();
  const shell = createShell(deps.distDir);
  const pace = createPace();
  const show = (response: Response, view: View) => {
    response.type('html').send(shell(view));
  };
  router.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  router.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 100 }));
  const on = stepMaker(deps, pace, show);
  router.get('/:address', on('look', look));
  router.get(
    '/:address/choose',
    on('look', (turn) => chooseStep(turn, turn.request.query['for'])),
  );
  router.get('/:address/held', on('look', heldStep));
  router.get(
    '/:address/sent',
    on('look', (turn) => sentStep(deps, turn)),
  );
  router.post(
    '/:address/code',
    on('code', (turn) => codeStep(deps, turn)),
  );
  router.post(
    '/:address/enter',
    on('enter', (turn) => enterStep(deps, turn)),
  );
  router.post(
    '/:address/choose',
    on('vote', (turn) => confirmStep(deps, turn)),
  );
  router.post(
    '/:address/cast',
    on('vote', (turn) => castStep(deps, turn)),
  );
  router.post('/:address/leave', on('look', leaveStep));
  router.use(answerVoteProblems(deps.log, show));
  return router;
}

/** What a step shows; undefined when it has answered by itself. */
type Step = (turn: Turn) => Html | undefined | Promise<Html | undefined>;

function stepMaker(deps: VotePageDeps, pace: Pace, show: (response: Response, view: View) => void) {
  return (kind: Parameters<Pace>[0], step: Step) =>
    async (request: Request<{ address: string }>, response: Response): Promise<void> => {
      await pace(kind, request.ip ?? 'unknown');
      const turn = await turnOf(deps, request, response);
      const body = await step(turn);
      if (body) show(response, { title: WORDS.tab(turn.shown.poll.title), body });
    };
}

async function turnOf(
  deps: VotePageDeps,
  request: Request<{ address: string }>,
  response: Response,
): Promise<Turn> {
  const { address } = request.params;
  const page = await deps.open(address.slice(0, 40));
  if (page === 'expired') throw new VoteProblem(410, WORDS.linkExpired, WORDS.linkExpiredWords);
  if (!page) throw new VoteProblem(404, WORDS.linkWrong, WORDS.linkWrongWords);
  const pass = passOf(request);
  const voter = pass === '' ? undefined : await deps.voterWith(page.poll, pass);
  const shown = { ...page, path: `/vote/${encodeURIComponent(address)}`, now: deps.now() };
  return { shown, voter, request, response };
}

/** What everybody gets to see when nothing can be voted any more. */
function over({ shown, voter }: Turn): Html | undefined {
  const { poll, now } = shown;
  if (poll.state === 'annulled') return sentenceView(shown, WORDS.annulled(poll.annulledReason ?? ''));
  if (poll.state === 'closed' || now > poll.closesAt) return resultView(shown, voter);
  return undefined;
}

function look(turn: Turn): Html {
  const { shown, voter } = turn;
  const ended = over(turn);
  if (ended) return ended;
  if (!voter) return signInView(shown);
  if (voter.entries.length === 0) return notOnRollView(shown);
  const also = heldSection(shown, voter.held);
  return voter.ballots.length > 0
    ? receiptView(shown, voter, also)
    : chooseView(shown, { isChange: false, also });
}

/** Whose vote a request is about: undefined for the voter's own, `unknown` for nobody who authorised them now. */
function meantIn(voter: PageVoter, key: unknown): HeldVote | 'unknown' | undefined {
  if (key === undefined || key === '') return undefined;
  return voter.held.find((held) => held.key === key) ?? 'unknown';
}

function chooseStep(turn: Turn, key: unknown, problem?: ChoiceProblem | 'nothing'): Html {
  const { shown, voter } = turn;
  if (!voter || voter.entries.length === 0) return look(turn);
  const held = meantIn(voter, key);
  if (held === 'unknown') return over(turn) ?? notHeldView(shown);
  const isChange = held ? held.ballot !== undefined : voter.ballots.length > 0;
  return over(turn) ?? chooseView(shown, { isChange, held, ...(problem && { problem }) });
}

/** What stands for those who authorised the voter; after a vote for one of them that one first. */
function heldStep(turn: Turn): Html {
  const { shown, voter, request } = turn;
  const ended = over(turn);
  if (ended || !voter || voter.entries.length === 0) return ended ?? look(turn);
  const held = meantIn(voter, request.query['for']);
  return heldView(shown, voter.held, held === 'unknown' ? undefined : held);
}

async function codeStep(deps: VotePageDeps, turn: Turn): Promise<Html> {
  const { shown, request } = turn;
  const ended = over(turn);
  if (ended) return ended;
  const who = wordsIn(fieldsOf(request.body), 'who').slice(0, 60);
  if (who === '') return signInView(shown, WORDS.whoMissing);
  await deps.sendCodes(shown.poll, who);
  return codeView(shown, who);
}

async function enterStep(deps: VotePageDeps, turn: Turn): Promise<Html | undefined> {
  const { shown, request, response } = turn;
  const fields = fieldsOf(request.body);
  const who = wordsIn(fields, 'who').slice(0, 60);
  const code = digitsIn(wordsIn(fields, 'code'));
  const ended = over(turn);
  if (ended) return ended;
  if (code.length !== CODE_DIGITS) return codeView(shown, who, WORDS.codeMissing);
  const pass = await deps.enter(shown.poll, { who, code });
  if (pass === undefined) return codeView(shown, who, WORDS.codeWrong);
  keepPass(response, pass, { path: shown.path, secure: deps.secure });
  response.redirect(303, shown.path);
  return undefined;
}

const CODE_DIGITS = 6;

/** Checks as chat does, and shows the choice in words. Nothing is kept yet. */
function confirmStep(deps: VotePageDeps, turn: Turn): Html {
  const { shown, voter, request } = turn;
  const ended = over(turn);
  if (ended || !voter || voter.entries.length === 0) return ended ?? look(turn);
  const fields = fieldsOf(request.body);
  const held = meantIn(voter, fields['for']);
  if (held === 'unknown') return notHeldView(shown);
  const given = givenIn(fields, shown.poll.options.length);
  if (!given) return chooseStep(turn, held?.key, 'nothing');
  const checked = checkChoice(shown.poll, given);
  if (!checked.ok) return chooseStep(turn, held?.key, checked.problem);
  return confirmView(shown, { choice: checked.choice, given, held, ticket: deps.newTicket(voter, held) });
}

async function castStep(deps: VotePageDeps, turn: Turn): Promise<Html | undefined> {
  const { shown, voter, request, response } = turn;
  const ended = over(turn);
  if (ended || !voter || voter.entries.length === 0) return ended ?? look(turn);
  const fields = fieldsOf(request.body);
  const given = givenIn(fields, shown.poll.options.length);
  const ticket = wordsIn(fields, 'ticket');
  const held = meantIn(voter, fields['for']);
  if (held === 'unknown') return notHeldView(shown);
  if (!given || !checkChoice(shown.poll, given).ok) return chooseStep(turn, held?.key, 'nothing');
  const fate = await deps.cast(shown.poll, voter, { ticket, given, held });
  if (!fate) throw new VoteProblem(409, WORDS.strange, WORDS.strangeWords);
  const isCounted = fate.state === 'decided' && COUNTED.includes(fate.event);
  response.redirect(303, isCounted ? countedPath(shown, held?.key) : sentPath(shown, ticket, held?.key));
  return undefined;
}

function countedPath({ path }: Shown, heldKey: string | undefined): string {
  return heldKey === undefined ? path : `${path}/held?for=${heldKey}`;
}

function sentPath({ path }: Shown, ticket: string, heldKey: string | undefined): string {
  const behind = heldKey === undefined ? '' : `&for=${encodeURIComponent(heldKey)}`;
  return `${path}/sent?ticket=${encodeURIComponent(ticket)}${behind}`;
}

/** What became of a vote that took longer, or was not counted. */
async function sentStep(deps: VotePageDeps, turn: Turn): Promise<Html | undefined> {
  const { shown, voter, request, response } = turn;
  const { ticket, for: asked } = request.query;
  if (!voter || typeof ticket !== 'string') return look(turn);
  const heldKey = typeof asked === 'string' ? asked.slice(0, 40) : undefined;
  const fate = await deps.fateOf(voter, { ticket: ticket.slice(0, 200), heldKey });
  if (fate?.state === 'undecided') {
    const again = sentPath(shown, ticket, heldKey);
    response.set('Refresh', `2;url=${again}`);
    return underWayView(shown, again);
  }
  if (fate && COUNTED.includes(fate.event)) {
    response.redirect(303, countedPath(shown, heldKey));
    return undefined;
  }
  if (fate?.event === 'ballot.outOfOrder') return sentenceView(shown, WORDS.overtaken);
  return sentenceView(shown, WORDS.notCounted(whyNot(shown, fate)));
}

function whyNot(shown: Shown, fate: InboxFate | undefined): string {
  const { poll, place } = shown;
  const event = fate?.state === 'decided' ? fate.event : '';
  if (event === 'ballot.late') return WORDS.late(closesWords(shown));
  if (event === 'ballot.notOnRoll') return WORDS.notOnRoll(poll, place.dutyContact);
  if (event === 'ballot.overruled') return WORDS.overruled;
  if (event === 'delegation.notHeld') return WORDS.notHeld;
  if (event === 'ballot.annulled') return WORDS.annulled(poll.annulledReason ?? '');
  return WORDS.unknownFate;
}

function leaveStep({ shown, response }: Turn): undefined {
  dropPass(response, shown.path);
  response.redirect(303, shown.path);
}
