import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { z } from 'zod';

import {
  advanceSchema,
  clockAnswer,
  conversationsAnswer,
  messageIdAnswer,
  messagesAnswer,
  messagesQuery,
  postMessageSchema,
  problemAnswer,
  resetAnswer,
  resetSchema,
  stepsAnswer,
  traceAnswer,
  weatherSchema,
} from './playground/schemas.ts';

const conversationPath = z.object({ id: z.string() });
const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: problemAnswer } },
});
const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const lastEventId = z.object({ 'last-event-id': z.string().optional() });

const listConversations: ZodOpenApiOperationObject = {
  summary: 'Chats of the playground with their members',
  responses: { '200': json('All chats', conversationsAnswer) },
};

const postMessage: ZodOpenApiOperationObject = {
  summary: 'Say something as a member',
  requestParams: { path: conversationPath },
  requestBody: { content: { 'application/json': { schema: postMessageSchema } } },
  responses: {
    '202': json('The message is durable', messageIdAnswer),
    '400': problem('A field is wrong'),
    '403': problem('The persona is not in this chat'),
    '404': problem('No such chat'),
    '413': problem('More than 50 MB'),
    '503': problem('The database is away: send it again under the same messageId'),
  },
};

const readMessages: ZodOpenApiOperationObject = {
  summary: 'Messages after a position',
  requestParams: { path: conversationPath, query: messagesQuery },
  responses: {
    '200': json('In order of seq', messagesAnswer),
    '400': problem('A position that is none'),
    '404': problem('No such chat'),
  },
};

const streamMessages: ZodOpenApiOperationObject = {
  summary: 'Messages live over SSE; the event id is seq, Last-Event-ID resumes after it',
  requestParams: { path: conversationPath, header: lastEventId },
  responses: {
    '200': {
      description: 'Events named message; data is a Message',
      content: { 'text/event-stream': { schema: z.string() } },
    },
  },
};

const setWeather: ZodOpenApiOperationObject = {
  summary: 'What the vendor does to the bot in this chat from now on; forgotten when the process ends',
  requestParams: { path: conversationPath },
  requestBody: { content: { 'application/json': { schema: weatherSchema } } },
  responses: {
    '200': json('It is so', weatherSchema),
    '400': problem('No such weather'),
    '404': problem('No such chat'),
  },
};

const readTrace: ZodOpenApiOperationObject = {
  summary: 'Behind the scenes of a message: inbox row, outbox rows, states and times; no texts',
  requestParams: { path: conversationPath },
  responses: { '200': json('What is known', traceAnswer), '404': problem('No such message') },
};

const reset: ZodOpenApiOperationObject = {
  summary: 'Delete everything of the demo and seed it anew; the clock stays where it is',
  requestBody: { content: { 'application/json': { schema: resetSchema } } },
  responses: {
    '200': json('Numbers begin at 1 again', resetAnswer),
    '400': problem('Not confirmed'),
    '403': problem('Not a demo'),
  },
};

/** The description of the playground's API as OpenAPI 3.1. */
export function openApiDocument(version: string): object {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Yishi playground',
      version,
      description: 'Chat with the bot without any vendor. Demo and tests only.',
    },
    paths: {
      '/api/playground/conversations': { get: listConversations },
      '/api/playground/conversations/{id}/messages': { get: readMessages, post: postMessage },
      '/api/playground/conversations/{id}/stream': { get: streamMessages },
      '/api/playground/conversations/{id}/weather': { post: setWeather },
      '/api/playground/messages/{id}/trace': { get: readTrace },
      '/api/playground/steps': {
        get: {
          summary: 'Steps of the main job that have had their effect',
          responses: { '200': json('Their names', stepsAnswer) },
        },
      },
      '/api/playground/reset': { post: reset },
      '/api/playground/clock': {
        get: {
          summary: "The demo's clock",
          responses: { '200': json('Now, and what fires next', clockAnswer) },
        },
        post: {
          summary: 'Move the clock forward; there is no way back',
          requestBody: { content: { 'application/json': { schema: advanceSchema } } },
          responses: {
            '200': json('Now, what fires next, and what fired on the way', clockAnswer),
            '400': problem('Not a number of seconds'),
          },
        },
      },
    },
  });
}
