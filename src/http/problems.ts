import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { z } from 'zod';

import { ConflictError, TransientError, UserError } from '#core/errors';

import type { Log } from '../log.ts';
import type { ProblemAnswer } from './contract.ts';
import { RETRY_AFTER_SECONDS } from './door.ts';

/** A refusal on the web: a status and what the person reads. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly answer: ProblemAnswer;

  constructor(status: number, answer: ProblemAnswer) {
    super(answer.code);
    this.name = 'HttpProblem';
    this.status = status;
    this.answer = answer;
  }
}

export const notSignedIn = () => new HttpProblem(401, { code: 'signIn.needed', message: '请先登录。' });
export const forbidden = () =>
  new HttpProblem(403, { code: 'role.wrong', message: '这一页由社区工作人员使用。' });
export const notFound = () =>
  new HttpProblem(404, { code: 'notFound', message: '没有找到，可能不在您的社区里。' });

/** Parses untrusted input; a mistake becomes a 400 that names the fields. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join('.'), fieldMessage(issue)]),
  );
  throw new HttpProblem(400, { code: 'input.wrong', message: '有几处还没填好，看标出的地方。', fields });
}

const FIELD_MESSAGES: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  too_small: '还没填，或太少了',
  too_big: '太长了',
  invalid_type: '还没填',
};

function fieldMessage(issue: z.core.$ZodIssue): string {
  return FIELD_MESSAGES[issue.code] ?? '写法不对';
}

export const unknownRoute: RequestHandler = (_request, _response, next) => {
  next(notFound());
};

/** The last handler: every error becomes an answer, and what nobody foresaw is logged without the request's content. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ error, route: request.path }, 'http request failed');
    if (problem.status === 503) response.set('Retry-After', String(retryAfterSeconds(error)));
    response.status(problem.status).json(problem.answer);
  };
}

function problemOf(error: unknown): { status: number; answer: ProblemAnswer } {
  if (error instanceof HttpProblem) return error;
  if (error instanceof UserError) {
    return {
      status: error.code === 'role.wrong' ? 403 : 422,
      answer: { code: error.code, message: error.reply },
    };
  }
  if (error instanceof ConflictError) {
    return { status: 409, answer: { code: 'conflict', message: '别人刚改过，请看最新内容后再做一次。' } };
  }
  if (isTooLarge(error))
    return { status: 413, answer: { code: 'tooLarge', message: '内容太大了，分几次发。' } };
  if (isBadBody(error))
    return { status: 400, answer: { code: 'input.wrong', message: '内容没看懂，没有保存。' } };
  const message = '没保存上，您写的还在，过一会儿再试。';
  return { status: error instanceof TransientError ? 503 : 500, answer: { code: 'server.failed', message } };
}

function retryAfterSeconds(error: unknown): number {
  const retryAfterMs = error instanceof TransientError ? error.retryAfterMs : undefined;
  return retryAfterMs === undefined ? RETRY_AFTER_SECONDS : Math.ceil(retryAfterMs / 1_000);
}

function isTooLarge(error: unknown): boolean {
  return (error as { type?: string }).type === 'entity.too.large';
}

/** express.json marks what the client got wrong with a 4xx status. */
function isBadBody(error: unknown): boolean {
  const { status } = error as { status?: number };
  return status !== undefined && status >= 400 && status < 500;
}
