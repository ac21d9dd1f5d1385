import type { ProblemAnswer } from '../../../src/http/contract.ts';

/** What the server refused, in words for the person; `fields` names the form fields that are wrong. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, answer: ProblemAnswer) {
    super(answer.message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = answer.code;
    this.fields = answer.fields ?? {};
  }
}

const OFFLINE: ProblemAnswer = { code: 'offline', message: '网断了，您写的还在，连上后再试。' };

/** Asks the server for JSON. Throws ApiProblem for every refusal, also when there is no network (status 0). */
export async function api<Answer>(
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await reach(path, init);
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new ApiProblem(
    response.status,
    isProblem(answer) ? answer : { code: 'server.failed', message: '没保存上，您写的还在，过一会儿再试。' },
  );
}

async function reach(
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown },
): Promise<Response> {
  const withBody =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  try {
    return await fetch(path, { method, credentials: 'same-origin', ...withBody });
  } catch {
    throw new ApiProblem(0, OFFLINE);
  }
}

function isProblem(answer: unknown): answer is ProblemAnswer {
  return (
    typeof answer === 'object' && answer !== null && typeof (answer as ProblemAnswer).message === 'string'
  );
}
