import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '#core/channel';
import { TransientError } from '#core/errors';
import type { ConversationRef } from '#core/message';
import { createRecordingSink, type RecordingSink } from '#test/support/recording-sink';

export interface Said {
  readonly mentionsBot?: boolean;
  readonly quote?: { readonly from: string; readonly text: string };
  /** One-to-one with the bot instead of in the group. */
  readonly direct?: boolean;
  /** How often the vendor delivers this one message. */
  readonly times?: number;
}

/** A channel with a vendor that the test plays. */
export interface ChannelRig {
  readonly channel: Channel;
  /** A group in which 张桂兰 and the bot are. */
  readonly group: ConversationRef;
  /** The channel is started by the suite before; resolves when it can work. */
  ready(): Promise<void>;
  /** 张桂兰 speaks. Delivers again what was not taken, where the vendor does that. */
  says(text: string, more?: Said): Promise<void>;
  /** What the bot said in a conversation, oldest first. */
  heardFromBot(to: ConversationRef): Promise<readonly string[]>;
  /** Lets the time pass that the channel waits for, if it waits. */
  passTime(): void;
  /** Things the channel still waits for: timers and sleeps. */
  pending(): number;
  close(): Promise<void>;
}

const QUICKLY = { interval: 2, timeout: 3_000 };

/** What every channel promises, whatever the vendor does. */
export function describeChannel(name: string, open: () => Promise<ChannelRig>): void {
  describe(name, () => {
    let rig: ChannelRig;
    let inbox: RecordingSink;
    beforeEach(async () => {
      rig = await open();
      inbox = createRecordingSink();
      await rig.channel.start(inbox.sink);
      await rig.ready();
    });
    afterEach(() => rig.close());

    const arrived = (count: number) =>
      expect
        .poll(() => {
          rig.passTime();
          return inbox.stored.length;
        }, QUICKLY)
        .toBe(count);
    const send = (text: string, to = rig.group) =>
      rig.channel.send({ id: `out-${text}`, to, body: { text } }, new AbortController().signal);

    it('is ready after its start', () => {
      expect(rig.channel.health()).toBe('ready');
    });

    it('hands a message in with chat, sender, time and words', async () => {
      await rig.says('电梯坏了 <b>急</b>');
      await arrived(1);
      const [message] = inbox.stored;
      expect(message).toMatchObject({
        from: rig.group,
        conversationKind: 'group',
        mentionsBot: false,
        body: { type: 'text', text: '电梯坏了 <b>急</b>' },
        attachments: [],
        sender: { displayName: '张桂兰', isSelf: false },
      });
      expect(message?.sender.vendorId).not.toBe('');
      expect(message?.sentAt.getTime()).not.toBeNaN();
      expect(message).not.toHaveProperty('quote');
    });

    it('hands in plain values only', async () => {
      await rig.says('电梯坏了');
      await arrived(1);
      expect(structuredClone(inbox.stored[0])).toEqual(inbox.stored[0]);
    });

    it('knows a sender again', async () => {
      await rig.says('一');
      await rig.says('二');
      await arrived(2);
      expect(inbox.stored[0]?.sender).toEqual(inbox.stored[1]?.sender);
      expect(inbox.stored[0]?.messageId).not.toBe(inbox.stored[1]?.messageId);
    });

    it('a message that is delivered three times is kept once', async () => {
      await rig.says('电梯坏了', { times: 3 });
      await rig.says('修好了');
      await arrived(2);
      expect(inbox.stored.map(({ body }) => body)).toEqual([
        { type: 'text', text: '电梯坏了' },
        { type: 'text', text: '修好了' },
      ]);
    });

    it('tells a mention', async () => {
      await rig.says('电梯坏了', { mentionsBot: true });
      await arrived(1);
      expect(inbox.stored[0]).toMatchObject({ mentionsBot: true, body: { type: 'text', text: '电梯坏了' } });
    });

    it('takes a quote apart from the reply', async () => {
      await rig.says('附议 1', { quote: { from: '李明', text: '路灯坏了' } });
      await arrived(1);
      expect(inbox.stored[0]).toMatchObject({
        body: { type: 'text', text: '附议 1' },
        quote: { from: '李明', text: '路灯坏了' },
      });
    });

    it('keeps the order of a chat', async () => {
      const texts = Array.from({ length: 30 }, (_, index) => `第${index}句`);
      for (const text of texts) await rig.says(text);
      await arrived(30);
      expect(inbox.stored.map(({ body }) => (body.type === 'text' ? body.text : ''))).toEqual(texts);
    });

    it('loses nothing while the inbox is away, and keeps it once', async () => {
      inbox.failWith(
        new TransientError('away'),
        new TransientError('away'),
        new TransientError('still away'),
      );
      await rig.says('电梯坏了');
      await arrived(1);
      expect(inbox.calls()).toBe(4);
      await rig.says('修好了');
      await arrived(2);
    });

    it('shows what is sent, and does not hear itself', async () => {
      expect(['delivered', 'accepted']).toContain((await send('已登记')).status);
      expect(await rig.heardFromBot(rig.group)).toEqual(['已登记']);
      await rig.says('谢谢');
      await arrived(1);
      expect(inbox.calls()).toBe(1);
    });

    it('answers one-to-one where the sender can be written to', async () => {
      await rig.says('我的诉求怎么样了', { direct: true });
      await arrived(1);
      const [message] = inbox.stored;
      expect(message?.conversationKind).toBe('direct');
      const direct = message?.sender.direct ?? rig.group;
      expect(direct).toEqual(message?.from);
      await send('办着呢', direct);
      expect(await rig.heardFromBot(direct)).toEqual(['办着呢']);
      expect(await rig.heardFromBot(rig.group)).toEqual([]);
    });

    it('is silent after its end', async () => {
      await rig.channel.stop();
      await rig.says('有人吗').catch(() => undefined);
      expect(rig.channel.health()).toBe('down');
      expect(rig.pending()).toBe(0);
      expect(inbox.calls()).toBe(0);
    });

    it('says what it can do and how much', () => {
      const { capabilities, limits } = rig.channel;
      expect(capabilities.canReceive).toBe(true);
      expect(limits.maxTextBytes).toBeGreaterThan(100);
      expect(limits.sendsPerMinute).toBeGreaterThan(0);
    });
  });
}
