import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWebChannel } from '#bots/web/adapter';
import { TransientError } from '#core/errors';
import { answerProblems } from '#src/http/problems';
import { createLog } from '#src/log';
import { createFakeClock } from '#test/support/fake-clock';
import { memoryTranscript } from '#test/support/memory-transcript';

const post = {
  conversationId: 'residents',
  conversationKind: 'group' as const,
  messageId: 'm1',
  persona: { vendorId: 'zhang', name: '张桂兰' },
  text: '反映 路灯坏了',
  mentionsBot: false,
  attachments: [],
};
const channel = createWebChannel({
  transcript: memoryTranscript(),
  now: () => createFakeClock().now(),
  botName: '议事助手',
});
const app = express();
app.post('/messages', async (_request, response) => {
  await channel.receive({ ...post, at: new Date() });
  response.status(202).json({});
});
app.use(answerProblems(createLog('silent')));
const server = app.listen(0, '127.0.0.1');
beforeAll(async () => void (server.listening || (await once(server, 'listening'))));
afterAll(() => void server.close());

const deliver = () =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`, { method: 'POST' });

it('never acknowledges a message that cannot be kept, and says when to deliver it again', async () => {
  const before = await deliver();
  await channel.start(() => Promise.reject(new TransientError('database: away', { retryAfterMs: 2_500 })));
  const away = await deliver();
  await channel.start(() => Promise.resolve('stored'));
  const back = await deliver();

  expect([before.status, before.headers.get('Retry-After')]).toEqual([503, '5']);
  expect([away.status, away.headers.get('Retry-After')]).toEqual([503, '3']);
  expect([back.status, back.headers.get('Retry-After')]).toEqual([202, null]);
});
