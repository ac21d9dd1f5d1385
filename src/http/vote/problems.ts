import type { ErrorRequestHandler, Response } from 'express';

import { TransientError } from '#core/errors';
import { VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import type { Log } from '../../log.ts';
import type { View } from './shell.ts';
import { plainView } from './views.ts';

/** A refusal as a page: a heading and what to do. */
export class VoteProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly words: string;

  constructor(status: number, title: string, words: string) {
    super(title);
    this.name = 'VoteProblem';
    this.status = status;
    this.title = title;
    this.words = words;
  }
}

/** Every error becomes a page. What nobody foresaw is logged without its address, which is a link to a poll. */
export function answerVoteProblems(
  log: Log,
  show: (response: Response, view: View) => void,
): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ error, route: '/vote' }, 'http request failed');
    response.status(problem.status);
    show(response, { title: problem.title, body: plainView(problem.title, problem.words) });
  };
}

function problemOf(error: unknown): VoteProblem {
  if (error instanceof VoteProblem) return error;
  const { status } = error as { status?: number };
  if (status !== undefined && status >= 400 && status < 500)
    return new VoteProblem(400, WORDS.strange, WORDS.strangeWords);
  return new VoteProblem(error instanceof TransientError ? 503 : 500, WORDS.failed, WORDS.failedWords);
}
