import { expect } from 'vitest';

import type {
  PreviewAnswerOf,
  PreviewInput,
  PreviewName,
  ProblemAnswer,
  StepAnswer,
  StepInput,
  StepName,
} from '#src/http/contract';
import type { TestApp } from './app.ts';

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

/** The console in the hands of one person, over its API with a real session. */
export interface ConsoleUser {
  get<Answer>(path: string): Promise<Answer>;
  /** Takes a step that succeeds. */
  step<Name extends StepName>(name: Name, input: StepInput<Name>, requestId?: string): Promise<StepAnswer>;
  preview<Name extends PreviewName>(name: Name, input: PreviewInput<Name>): Promise<PreviewAnswerOf<Name>>;
  /** Any request, with whatever answer. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** Signs in through the demo's link of that person. */
export async function signIn(app: TestApp, name: string): Promise<ConsoleUser> {
  const user = app.demo.users.find((one) => one.name === name);
  if (!user) throw new Error(`${name} does not sign in`);
  return consoleOf(app, await cookieFrom(user.loginUrl));
}

/** The session cookie that a sign-in link gives. */
export async function cookieFrom(loginUrl: string): Promise<string> {
  const answer = await fetch(loginUrl, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('yishi.session='));
  if (answer.status !== 302 || cookie === undefined) throw new Error(`no session: ${answer.status}`);
  return cookie.split(';')[0] ?? '';
}

let requests = 0;
/** A fresh id for a step's envelope. */
export function freshRequestId(): string {
  requests += 1;
  return `request-${String(requests).padStart(6, '0')}`;
}

/** The console with this cookie; without one nobody is signed in. */
export function consoleOf(app: TestApp, cookie?: string): ConsoleUser {
  const ask: ConsoleUser['ask'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${app.baseUrl}/api/console${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: isJson(answer) ? JSON.parse(text) : text };
  };
  const succeeds = async <Answer>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const answer = await ask(method, path, body);
    expect(answer, `${method} ${path}`).toMatchObject({ status: 200 });
    return answer.body as Answer;
  };
  return {
    ask,
    get: (path) => succeeds('GET', path),
    step: (name, input, requestId = freshRequestId()) =>
      succeeds('POST', `/steps/${name}`, { requestId, input }),
    preview: (name, input) => succeeds('POST', `/previews/${name}`, input),
  };
}

/** A step that is refused: its status with what the person reads. */
export async function refusedStep(
  user: ConsoleUser,
  name: StepName,
  input: unknown,
): Promise<{ status: number } & ProblemAnswer> {
  const { status, body } = await user.ask('POST', `/steps/${name}`, { requestId: freshRequestId(), input });
  return { status, ...(body as ProblemAnswer) };
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.includes('json') ?? false;
}
