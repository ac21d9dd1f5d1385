import type { Channel, ChannelHealth, ChannelLimits, OutboundMessage, SendOutcome } from '#core/channel';

export interface FakeChannel extends Channel {
  /** Everything handed to `send`, in order. */
  readonly sent: readonly OutboundMessage[];
  /** What the next sends answer; after these everything is `delivered`. A function may wait or throw. */
  answer(...outcomes: readonly (SendOutcome | ((signal: AbortSignal) => Promise<SendOutcome>))[]): void;
  setHealth(health: ChannelHealth): void;
  /** Resolves when `count` messages were handed over in all. */
  hasSent(count: number): Promise<void>;
}

export function createFakeChannel(limits: Partial<ChannelLimits> = {}): FakeChannel {
  const sent: OutboundMessage[] = [];
  const answers: (SendOutcome | ((signal: AbortSignal) => Promise<SendOutcome>))[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  let health: ChannelHealth = 'ready';
  return {
    kind: 'web',
    account: 'demo',
    capabilities: {
      canReceive: true,
      canPushNow: true,
      canPushDirect: true,
      needsHumanConfirm: false,
      hasCards: true,
      hasPictures: true,
      hasMembership: true,
      stableIds: true,
    },
    limits: { maxTextBytes: 2_000, sendsPerMinute: 20, ...limits },
    start: async () => undefined,
    stop: async () => undefined,
    health: () => health,
    async send(message, signal) {
      sent.push(message);
      for (const { count, resolve } of waiters) if (sent.length >= count) resolve();
      const answer = answers.shift() ?? { status: 'delivered' };
      return typeof answer === 'function' ? answer(signal) : answer;
    },
    sent,
    answer: (...outcomes) => void answers.push(...outcomes),
    setHealth: (next) => (health = next),
    hasSent: (count) =>
      sent.length >= count ? Promise.resolve() : new Promise((resolve) => waiters.push({ count, resolve })),
  };
}
