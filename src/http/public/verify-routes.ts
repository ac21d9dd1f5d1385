import { Router, type RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';

import type { Poll } from '#core/poll';
import type { PollSeal } from '#core/poll-seal';
import { readCode } from '#src/proof/short-code';

import { HttpProblem, parseInput } from '../problems.ts';
import type { JoinedReceiptAnswer, ProvenPollAnswer, ReceiptAnswer } from './verify-views.ts';

interface ProvenPoll {
  readonly poll: Poll;
  readonly seal: PollSeal;
}

/** What anybody may ask of counted polls, without signing in. */
export interface VerifyDeps {
  readonly provenPoll: (fingerprintHead: string) => Promise<ProvenPoll | undefined>;
  readonly proofsOf: (poll: ProvenPoll, code: string) => Promise<ReceiptAnswer['proofs']>;
  readonly joinedWith: (poll: ProvenPoll, code: string) => Promise<JoinedReceiptAnswer | undefined>;
}

/** Sixty questions a minute from one address: enough for a family, too few to try receipts out. */
const PACE = { points: 60, duration: 60 };

const pollParams = z.object({ poll: z.string().regex(/^[0-9a-f]{16,64}$/u) });
const receiptParams = pollParams.extend({ code: z.string().min(1).max(40) });

/** Receipts of counted polls, for anybody who has a poll's address. */
export function verifyRoutes(deps: VerifyDeps): Router {
  const router = Router();
  router.use(paced());
  const proven = async (input: unknown) => {
    const parsed = pollParams.safeParse(input);
    const found = parsed.success ? await deps.provenPoll(parsed.data.poll) : undefined;
    if (!found) throw notCounted();
    return found;
  };
  router.get('/:poll', async (request, response) => {
    response.json(answerOf(await proven(request.params)));
  });
  router.get('/:poll/receipts/:code', async (request, response) => {
    const found = await proven(request.params);
    const code = readCode(parseInput(receiptParams, request.params).code);
    const proofs = await deps.proofsOf(found, code);
    const joined = proofs.length === 0 ? await deps.joinedWith(found, code) : undefined;
    const answer: ReceiptAnswer = { proofs, ...(joined && { joined }) };
    response.json(answer);
  });
  return router;
}

/** The same words whether there is no such poll or it is still open: who asks learns nothing. */
const notCounted = () =>
  new HttpProblem(404, {
    code: 'verify.notCounted',
    message: '这个表决还没有结果，或者地址不全。截止以后再来看。',
  });

function answerOf({ poll, seal }: ProvenPoll): ProvenPollAnswer {
  const { id, topicNumber, title, closesAt, options, result, state } = poll;
  return {
    pollId: id,
    topicNumber,
    title,
    closesAt: closesAt.toISOString(),
    options,
    counts: result?.counts ?? [],
    voters: result?.voters ?? 0,
    annulled: state === 'annulled',
    seal,
  };
}

function paced(): RequestHandler {
  const limiter = new RateLimiterMemory(PACE);
  return async (request, _response, next) => {
    try {
      await limiter.consume(request.ip ?? 'unknown');
    } catch {
      throw new HttpProblem(429, { code: 'verify.pace', message: '查得太快了，过一分钟再查。' });
    }
    next();
  };
}
