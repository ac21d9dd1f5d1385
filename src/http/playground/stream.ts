import { createSession, type Session } from 'better-sse';
import { Router, type Request } from 'express';
import { z } from 'zod';

import type { TranscriptMessage, TranscriptStore } from '#core/transcript';
import type { WebChannel, WebDirectory } from '#core/web-chat';

import { parseInput } from '../problems.ts';
import { findConversation, messageAnswer } from './messages.ts';

interface StreamDeps {
  readonly web: WebChannel;
  readonly directory: WebDirectory;
  readonly transcript: TranscriptStore;
  /** Calls the listener when the demo began anew; returns the way to stop listening. */
  readonly onRestart: (listener: () => void) => () => void;
}

/** Messages that another process appended are found by looking; this often. */
const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 500;

const positionsSchema = z.record(z.string().max(300), z.number().int().min(0));
const manyQuery = z.object({ positions: z.string().max(20_000).default('{}') });

/**
 * Live messages over SSE. One conversation: event ids are its `seq`, so Last-Event-ID resumes without gap or
 * double. Many at once (`/stream?positions={"id":seq}`): a page with six phones needs one connection, not six; its
 * event ids are the positions of all. When the demo began anew since a position, an event named `restart` says so and
 * nothing more comes: who listens forgets everything and opens it again from the beginning.
 */
export function streamRoutes(deps: StreamDeps): Router {
  const router = Router();
  router.get('/conversations/:id/stream', async (request, response) => {
    const conversation = await findConversation(deps.directory, request.params.id);
    const from = Number(request.get('last-event-id') ?? request.query['after'] ?? 0);
    const positions = new Map([[conversation.id, Number.isSafeInteger(from) && from >= 0 ? from : 0]]);
    const session = await createSession(request, response);
    follow(deps, session, positions, (message) => ({
      data: messageAnswer(message),
      id: String(message.seq),
    }));
  });
  router.get('/stream', async (request, response) => {
    const positions = await knownPositions(deps.directory, positionsFrom(request));
    const session = await createSession(request, response);
    if (await isFromBefore(deps.transcript, positions)) return tellRestart(session);
    follow(deps, session, positions, (message, all) => ({
      data: { conversationId: message.conversationId, message: messageAnswer(message) },
      id: JSON.stringify(Object.fromEntries(all)),
    }));
  });
  return router;
}

function positionsFrom(request: Request): unknown {
  const text = request.get('last-event-id') ?? parseInput(manyQuery, request.query).positions;
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function knownPositions(directory: WebDirectory, raw: unknown): Promise<Map<string, number>> {
  const asked = parseInput(positionsSchema, raw);
  const known = await directory.conversations();
  return new Map(known.filter(({ id }) => id in asked).map(({ id }) => [id, asked[id] ?? 0]));
}

/** A position that no message has: these messages were deleted. */
async function isFromBefore(
  transcript: TranscriptStore,
  positions: ReadonlyMap<string, number>,
): Promise<boolean> {
  for (const [conversationId, seq] of positions) {
    if (seq > 0 && (await transcript.after(conversationId, seq - 1, 1)).length === 0) return true;
  }
  return false;
}

function tellRestart(session: Session): void {
  session.push({}, 'restart');
}

type ToEvent = (
  message: TranscriptMessage,
  positions: ReadonlyMap<string, number>,
) => { data: unknown; id: string };

/** Sends what comes after the positions, in order, until the connection ends. */
function follow(deps: StreamDeps, session: Session, positions: Map<string, number>, toEvent: ToEvent): void {
  const queue = new Set(positions.keys());
  let busy = false;
  const pump = async () => {
    if (busy) return;
    busy = true;
    try {
      for (const conversationId of queue) {
        queue.delete(conversationId);
        await catchUp(deps.transcript, session, positions, conversationId, toEvent);
      }
    } finally {
      busy = false;
    }
  };
  const look = (conversationId: string) => {
    if (positions.has(conversationId)) queue.add(conversationId);
    // A failed look is made up for by the next one; the positions have not moved.
    pump().catch(() => undefined);
  };
  const stopListening = deps.web.onMessage(look);
  const timer = setInterval(() => {
    for (const conversationId of positions.keys()) look(conversationId);
  }, LOOK_EVERY_MS);
  const stopHearing = deps.onRestart(() => {
    positions.clear();
    tellRestart(session);
  });
  session.once('disconnected', () => {
    stopListening();
    stopHearing();
    clearInterval(timer);
  });
  for (const conversationId of positions.keys()) look(conversationId);
}

async function catchUp(
  transcript: TranscriptStore,
  session: Session,
  positions: Map<string, number>,
  conversationId: string,
  toEvent: ToEvent,
): Promise<void> {
  for (;;) {
    const messages = await transcript.after(conversationId, positions.get(conversationId) ?? 0, AT_ONCE);
    for (const message of messages) {
      if (!session.isConnected) return;
      positions.set(conversationId, message.seq);
      const event = toEvent(message, positions);
      session.push(event.data, 'message', event.id);
    }
    if (messages.length < AT_ONCE) return;
  }
}
