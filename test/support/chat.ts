/**
 * Plays the people of the demo community against a running program, over its public API.
 *
 *     await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了');
 *     await town.residents.expectReply(/^已登记：诉求#1/);
 *     await town.clock.to('2026-12-08T18:00:01+08:00');
 */
import { expect } from 'vitest';

import type { MessageAnswer } from '#src/http/playground/schemas';
import type { TestApp } from './app.ts';
import { settled } from './settled.ts';

export interface Say {
  readonly mentionsBot?: boolean;
  readonly messageId?: string;
  readonly quote?: { readonly from?: string; readonly text: string; readonly messageId?: string };
  /** A press on a card's button. */
  readonly cardAction?: { readonly messageId: string; readonly say: string };
  /** How many photos go along. */
  readonly photos?: number;
}

export interface Chat {
  readonly id: string;
  /** Posts and waits until nothing is under way any more. What was unread before counts as read. */
  says(persona: string, text: string, extra?: Say): Promise<void>;
  /** Posts and resolves when the program has made it durable. */
  post(persona: string, text: string, extra?: Say): Promise<Response>;
  /** The first unread message of the bot that matches; it and all before it are read then. */
  expectReply(pattern: RegExp | string): Promise<MessageAnswer>;
  /** The bot has said nothing that is unread. */
  shouldNotReply(): Promise<void>;
  /** The bot's unread messages; they count as read then. */
  unread(): Promise<readonly MessageAnswer[]>;
  all(): Promise<readonly MessageAnswer[]>;
}

export interface Town {
  readonly residents: Chat;
  readonly secretaries: Chat;
  readonly liaison: Chat;
  readonly property: Chat;
  /** Any chat by its id. */
  chat(id: string): Chat;
  /** The one-to-one chat of somebody with the bot. */
  direct(persona: string): Chat;
  readonly clock: {
    now(): Date;
    forward(seconds: number): Promise<void>;
    /** To a moment, ISO with offset; nothing of what fires on the way is left out. */
    to(moment: string): Promise<void>;
    /** A second past what happens by itself next; its name. */
    toNext(): Promise<string>;
  };
  quiet(): Promise<void>;
}

/** A picture of one pixel; what is behind its end makes each one different. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export async function openTown(app: TestApp): Promise<Town> {
  const quiet = () => settled(app.database, () => app.app.clock.now());
  const { conversations } = await getJson<{ conversations: { id: string; name: string; kind: string }[] }>(
    app,
    '/api/playground/conversations',
  );
  const chats = new Map<string, Chat>();
  const chat = (id: string) => chats.get(id) ?? remember(chats, openChat(app, id, quiet));
  const forward = async (seconds: number) => {
    const answer = await postJson(app, '/api/playground/clock', { advanceSeconds: seconds });
    expect(answer.status).toBe(200);
    await quiet();
  };
  const now = () => app.app.clock.now();
  const to = (moment: string) => forward(Math.ceil((Date.parse(moment) - now().getTime()) / 1_000));
  return {
    residents: chat('xingfuli-residents'),
    secretaries: chat('xingfuli-secretaries'),
    liaison: chat('xingfuli-liaison'),
    property: chat('xingfuli-property'),
    chat,
    direct(persona) {
      const found = conversations.find(({ kind, name }) => kind === 'direct' && name === persona);
      if (!found) throw new Error(`nobody is called ${persona}`);
      return chat(found.id);
    },
    clock: {
      now,
      forward,
      to,
      async toNext() {
        const { next } = await getJson<{ next?: { at: string; label: string } }>(
          app,
          '/api/playground/clock',
        );
        if (!next) throw new Error('nothing happens by itself');
        await to(new Date(Date.parse(next.at) + 1_000).toISOString());
        return next.label;
      },
    },
    quiet,
  };
}

function remember(chats: Map<string, Chat>, chat: Chat): Chat {
  chats.set(chat.id, chat);
  return chat;
}

function openChat(app: TestApp, id: string, quiet: () => Promise<void>): Chat {
  let read = 0;
  const path = `/api/playground/conversations/${encodeURIComponent(id)}/messages`;
  const after = async (seq: number) =>
    (await getJson<{ messages: MessageAnswer[] }>(app, `${path}?after=${seq}&limit=500`)).messages;
  const unread = async () => (await after(read)).filter(({ from }) => from.bot);
  const post: Chat['post'] = (persona, text, { photos = 0, ...extra } = {}) => {
    const attachments = Array.from({ length: photos }, (_, index) => photo(`${text}${index}`));
    return postJson(app, path, { persona, text, ...extra, ...(photos > 0 && { attachments }) });
  };
  return {
    id,
    post,
    async says(persona, text, extra) {
      read = (await after(read)).at(-1)?.seq ?? read;
      const answer = await post(persona, text, extra);
      if (answer.status !== 202)
        throw new Error(`${persona} was refused: ${answer.status} ${await answer.text()}`);
      await quiet();
    },
    async expectReply(pattern) {
      const messages = await unread();
      const found = messages.find(({ text }) =>
        typeof pattern === 'string' ? text === pattern : pattern.test(text),
      );
      if (!found) {
        const said = messages.map(({ text }) => text).join('\n---\n');
        expect(said, `what the bot said in ${id}`).toMatch(pattern);
        throw new Error(`several messages together look like ${String(pattern)}`);
      }
      read = found.seq;
      return found;
    },
    async shouldNotReply() {
      expect((await unread()).map(({ text }) => text)).toEqual([]);
    },
    async unread() {
      const messages = await unread();
      read = messages.at(-1)?.seq ?? read;
      return messages;
    },
    all: () => after(0),
  };
}

function photo(salt: string) {
  return {
    mime: 'image/png',
    data: Buffer.concat([Buffer.from(PIXEL, 'base64'), Buffer.from(salt)]).toString('base64'),
    name: 'photo.png',
  };
}

export async function getJson<Answer>(app: TestApp, path: string): Promise<Answer> {
  const answer = await fetch(`${app.baseUrl}${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export function postJson(
  app: TestApp,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${app.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
