import type { Channel, OutboundMessage, SendOutcome } from '#core/channel';
import type { Clock } from '#core/clock';
import type { OutboxClaim, ReadySender, SettleOutcome } from '#core/outbox';
import { outgoingOf } from './outgoing.ts';

export interface Sender {
  /** Logins that can send now. */
  ready(): readonly ReadySender[];
  /** Sends a claim's next part. `maySend` is asked last of all; `released`: it was not sent. */
  send(claim: OutboxClaim, abort: AbortController, maySend: () => boolean): Promise<SettleOutcome>;
}

/** The only code that calls `channel.send`. A send that has not ended within `timeoutMs` is uncertain. */
export function createSender(channels: readonly Channel[], clock: Clock, timeoutMs: number): Sender {
  const isReady = (channel: Channel) => channel.health() === 'ready';
  return {
    ready: () =>
      channels.filter(isReady).map(({ kind, account, limits }) => ({
        sender: `${kind}:${account}`,
        sendsPerMinute: limits.sendsPerMinute,
        maxTextBytes: limits.maxTextBytes,
        ...(limits.loginSendsPerMinute !== undefined && { loginSendsPerMinute: limits.loginSendsPerMinute }),
      })),
    async send({ row, joined }, abort, maySend) {
      const channel = channels.find(
        ({ kind, account }) => kind === row.to.channel && account === row.to.account,
      );
      if (!channel || !isReady(channel) || !maySend()) return { status: 'released' };
      const { message, isLast } = outgoingOf(row, channel.limits.maxTextBytes, joined);
      const outcome = await sendWithin({ channel, message, abort, clock, timeoutMs });
      const isThrough = outcome.status === 'delivered' || outcome.status === 'accepted';
      return isThrough && !isLast ? { status: 'part' } : outcome;
    },
  };
}

interface Try {
  readonly channel: Channel;
  readonly message: OutboundMessage;
  readonly abort: AbortController;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** One send, ended for sure: also when the channel neither answers nor throws. */
async function sendWithin({ channel, message, abort, clock, timeoutMs }: Try): Promise<SendOutcome> {
  const answered = new AbortController();
  const giveUp = AbortSignal.any([abort.signal, answered.signal]);
  const timeout = clock.sleep(timeoutMs, giveUp).then((): SendOutcome => {
    const reason = abort.signal.aborted ? 'broken off' : 'timeout';
    abort.abort();
    return { status: 'uncertain', reason };
  });
  try {
    return await Promise.race([channel.send(message, abort.signal), timeout]);
  } catch (error) {
    // A channel must not throw; when it does nobody knows how far it came.
    return { status: 'uncertain', reason: error instanceof Error ? error.name : 'unknown error' };
  } finally {
    answered.abort();
  }
}
