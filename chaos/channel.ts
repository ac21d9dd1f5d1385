import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

import { z } from 'zod';

import type { Channel, InboundSink, OutboundMessage, SendOutcome } from '#core/channel';
import type { InboundMessage } from '#core/message';

import { CHAOS_ACCOUNT, conversationOf } from './conversations.ts';
import type { Hook } from './steps.ts';
import { deliverySchema, type Delivery, type VendorSend } from './wishes.ts';

export interface ChaosChannel extends Channel {
  /** Where the vendor delivers. Known once the channel is started. */
  readonly doorUrl: string;
}

export interface ChaosChannelOptions {
  readonly instance: string;
  readonly vendorUrl: string;
  readonly sendsPerMinute: number;
  /** Told when a message has come to one of these moments. */
  readonly passes: (hook: Hook) => void;
}

const PENALTY_MS = 60_000;
const TRY_AGAIN_MS = 500;

/** A channel as a vendor's would be: deliveries and sends travel by HTTP, and each is acknowledged by its answer. */
export function createChaosChannel(options: ChaosChannelOptions): ChaosChannel {
  let sink: InboundSink | undefined;
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const delivery = deliverySchema.parse(JSON.parse(await textOf(request)));
      options.passes('delivery parsed');
      if (!sink) throw new Error('not started');
      const verdict = await sink(inboundOf(delivery));
      response.writeHead(202).end(verdict, () => options.passes('delivery acknowledged'));
    } catch {
      response.writeHead(503).end();
    }
  }

  return {
    kind: 'web',
    account: CHAOS_ACCOUNT,
    capabilities: {
      canReceive: true,
      canPushNow: true,
      canPushDirect: false,
      needsHumanConfirm: false,
      hasCards: false,
      hasPictures: false,
      hasMembership: false,
      stableIds: true,
    },
    limits: { maxTextBytes: 2_048, sendsPerMinute: options.sendsPerMinute },
    get doorUrl() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    async start(inboundSink) {
      sink = inboundSink;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    },
    async stop() {
      sink = undefined;
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    health: () => (sink ? 'ready' : 'down'),
    send: (message, signal) => send(message, signal, options),
  };
}

function inboundOf(delivery: Delivery): InboundMessage {
  return {
    from: conversationOf(delivery.conversationId),
    conversationKind: 'group',
    messageId: delivery.messageId,
    sender: { vendorId: delivery.vendorId, displayName: delivery.vendorId, isSelf: false },
    mentionsBot: true,
    sentAt: new Date(delivery.sentAtMs),
    body: { type: 'text', text: delivery.text },
    attachments: [],
  };
}

const vendorAnswer = z.object({ errcode: z.number(), msgid: z.string().optional() });

async function send(
  { id, to, body }: OutboundMessage,
  signal: AbortSignal,
  { instance, vendorUrl, passes }: ChaosChannelOptions,
): Promise<SendOutcome> {
  const wire: VendorSend = { instance, id, conversationId: to.conversationId, text: body.text };
  passes('vendor not yet called');
  try {
    const response = await fetch(vendorUrl, { method: 'POST', body: JSON.stringify(wire), signal });
    passes('vendor called');
    const outcome = outcomeOf(response.status, await response.text());
    passes('vendor answered');
    return outcome;
  } catch (error) {
    return isRefused(error)
      ? { status: 'retry', reason: 'vendor away', retryAfterMs: TRY_AGAIN_MS }
      : { status: 'uncertain', reason: 'no answer' };
  }
}

/** As a real adapter does it: a refusal is a refusal, and a fault of the vendor's says nothing about the message. */
function outcomeOf(status: number, body: string): SendOutcome {
  if (status === 429) return { status: 'retry', reason: '429', retryAfterMs: PENALTY_MS };
  if (status >= 500) return { status: 'uncertain', reason: `vendor ${status}` };
  const { errcode, msgid } = vendorAnswer.parse(JSON.parse(body));
  if (errcode === 45_009) return { status: 'retry', reason: '45009', retryAfterMs: PENALTY_MS };
  if (errcode !== 0) return { status: 'rejected', reason: String(errcode) };
  return msgid === undefined ? { status: 'accepted' } : { status: 'delivered', providerMessageId: msgid };
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED';
}
