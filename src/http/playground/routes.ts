import express, { Router } from 'express';

import type { MediaStore } from '#core/media';
import type { PictureRenderer } from '#core/picture';
import type { TraceStore } from '#core/trace';
import type { TranscriptStore } from '#core/transcript';
import type { DemoStep, WebChannel, WebConversation, WebDirectory, WebMember } from '#core/web-chat';

import { JSON_LIMIT, keepAttachments } from '../attachments.ts';
import { HttpProblem, notFound, parseInput } from '../problems.ts';
import { findConversation, messageAnswer } from './messages.ts';
import {
  advanceSchema,
  messagesQuery,
  postMessageSchema,
  resetSchema,
  weatherSchema,
  type ClockAnswer,
  type ConsoleLink,
  type ConversationsAnswer,
} from './schemas.ts';
import { streamRoutes } from './stream.ts';
import { traceAnswerOf } from './trace.ts';

export interface PlaygroundDeps {
  readonly web: WebChannel;
  readonly directory: WebDirectory;
  readonly transcript: TranscriptStore;
  readonly traces: TraceStore;
  readonly media: MediaStore;
  readonly pictures: PictureRenderer;
  readonly newId: () => string;
  /** `advance` answers what fired on the way, in order. */
  readonly clock: { now(): Date; offsetMs(): number; advance(seconds: number): Promise<readonly Fired[]> };
  /** Ways into the console as the demo's office holders; empty where there is no demo. */
  readonly consoleLinks: () => readonly ConsoleLink[];
  /** Steps of the main job that have had their effect. */
  readonly stepsDone: () => Promise<readonly DemoStep[]>;
  /** What fires next, for the clock bar. */
  readonly nextDeadline: () => Promise<Fired | undefined>;
  /** Deletes everything of the demo and seeds it anew; absent where there is no demo. */
  readonly reset?: () => Promise<void>;
}

/** Something that happened, or will happen, by itself. */
export interface Fired {
  readonly at: Date;
  readonly label: string;
}

/** The playground's API; described in /api/openapi.json. Only mounted where the playground is on. */
export function playgroundRoutes(deps: PlaygroundDeps): Router {
  const router = Router();
  router.use(express.json({ limit: JSON_LIMIT }));

  router.get('/conversations', async (_request, response) => {
    response.json(conversationsOf(await deps.directory.conversations(), deps.web));
  });

  router.post('/conversations/:id/messages', async (request, response) => {
    const conversation = await findConversation(deps.directory, request.params.id);
    const input = parseInput(postMessageSchema, request.body);
    const persona = memberNamed(conversation, input.persona);
    const attachments = await keepAttachments(deps.media, conversation.placeId, input.attachments);
    const kept = await deps.web.receive({
      conversationId: conversation.id,
      conversationKind: conversation.kind,
      messageId: input.messageId ?? deps.newId(),
      persona: { vendorId: persona.vendorId, name: persona.name },
      text: input.text,
      mentionsBot: input.mentionsBot,
      at: deps.clock.now(),
      ...(input.cardAction && {
        press: { say: input.cardAction.say, cardMessageId: input.cardAction.messageId },
      }),
      ...(input.quote && { quote: quoteOf(input.quote) }),
      attachments,
    });
    response.status(202).json({ messageId: kept.id });
  });

  router.get('/conversations/:id/messages', async (request, response) => {
    const conversation = await findConversation(deps.directory, request.params.id);
    const { after, limit } = parseInput(messagesQuery, request.query);
    const messages = await deps.transcript.after(conversation.id, after, limit);
    response.json({ messages: messages.map(messageAnswer) });
  });

  router.post('/conversations/:id/weather', async (request, response) => {
    const conversation = await findConversation(deps.directory, request.params.id);
    const { weather } = parseInput(weatherSchema, request.body);
    await deps.web.setWeather(conversation.id, weather);
    response.json({ weather });
  });

  router.get('/messages/:id/trace', async (request, response) => {
    response.json(await traceAnswerOf(deps, request.params.id));
  });

  router.get('/console-links', (_request, response) => {
    response.json({ links: deps.consoleLinks() });
  });

  router.get('/steps', async (_request, response) => {
    response.json({ done: await deps.stepsDone() });
  });

  const restarts = createListeners();
  router.use(streamRoutes({ ...deps, onRestart: restarts.listen }));
  router.use(mediaRoutes(deps));
  router.use(clockRoutes(deps));
  router.post('/reset', async (request, response) => {
    if (!deps.reset) throw new HttpProblem(403, { code: 'demo.none', message: '这里不是演示，不能清空。' });
    parseInput(resetSchema, request.body);
    await deps.reset();
    restarts.tell();
    response.json({ reset: true });
  });
  return router;
}

function mediaRoutes(deps: PlaygroundDeps): Router {
  const router = Router();
  router.get('/media/:id', async (request, response) => {
    const media = await deps.media.get(request.params.id);
    if (!media) throw notFound();
    response.set('Cache-Control', 'private, max-age=86400').type(media.mime).send(Buffer.from(media.bytes));
  });
  router.get('/messages/:id/picture.png', async (request, response) => {
    const message = await deps.transcript.byId(request.params.id);
    if (!message?.picture) throw notFound();
    response
      .set('Cache-Control', 'private, max-age=86400')
      .type('png')
      .send(Buffer.from(await deps.pictures.png(message.picture)));
  });
  return router;
}

function clockRoutes(deps: PlaygroundDeps): Router {
  const router = Router();
  const answer = async (fired?: readonly Fired[]): Promise<ClockAnswer> => {
    const next = await deps.nextDeadline();
    return {
      now: deps.clock.now().toISOString(),
      offsetSeconds: Math.round(deps.clock.offsetMs() / 1_000),
      ...(next && { next: momentOf(next) }),
      ...(fired && { fired: fired.map(momentOf) }),
      canReset: deps.reset !== undefined,
    };
  };
  router.get('/clock', async (_request, response) => {
    response.json(await answer());
  });
  router.post('/clock', async (request, response) => {
    const { advanceSeconds } = parseInput(advanceSchema, request.body);
    response.json(await answer(await deps.clock.advance(advanceSeconds)));
  });
  return router;
}

const momentOf = ({ at, label }: Fired) => ({ at: at.toISOString(), label });

function createListeners() {
  const listeners = new Set<() => void>();
  return {
    tell: () => listeners.forEach((listener) => listener()),
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function memberNamed(conversation: WebConversation, name: string): WebMember {
  const member = conversation.members.find((candidate) => candidate.name === name);
  if (member) return member;
  throw new HttpProblem(403, {
    code: 'persona.unknown',
    message: `「${name.slice(0, 20)}」不在这个聊天里。`,
  });
}

function quoteOf(quote: { from?: string | undefined; text: string; messageId?: string | undefined }) {
  const { from, text, messageId } = quote;
  return { text, ...(from !== undefined && { from }), ...(messageId !== undefined && { messageId }) };
}

function conversationsOf(conversations: readonly WebConversation[], web: WebChannel): ConversationsAnswer {
  return {
    conversations: conversations.map(({ id, name, kind, groupKind, members }) => ({
      id,
      name,
      kind,
      ...(groupKind && { groupKind }),
      members: members.map((member) => ({ name: member.name, role: member.role })),
      weather: web.weatherOf(id),
    })),
  };
}
