import { createWebChannel } from '#bots/web/adapter';
import { directConversationId, webConversation } from '#core/web-chat';
import { describeChannel, type ChannelRig } from '#test/conformance/channel';
import { createFakeClock } from '#test/support/fake-clock';
import { memoryTranscript } from '#test/support/memory-transcript';

const TRIES = 5;

async function openWeb(): Promise<ChannelRig> {
  const clock = createFakeClock();
  const transcript = memoryTranscript();
  const channel = createWebChannel({ transcript, now: () => clock.now(), botName: '议事助手' });
  let count = 0;
  return {
    channel,
    group: webConversation('residents'),
    ready: async () => undefined,
    async says(text, { mentionsBot = false, quote, direct = false, times = 1 } = {}) {
      count += 1;
      const post = {
        conversationId: direct ? directConversationId('zhang') : 'residents',
        conversationKind: direct ? ('direct' as const) : ('group' as const),
        messageId: `m${count}`,
        persona: { vendorId: 'zhang', name: '张桂兰' },
        text,
        mentionsBot,
        at: clock.now(),
        ...(quote && { quote }),
        attachments: [],
      };
      for (let time = 0; time < times; time += 1) await untilTaken(() => channel.receive(post));
    },
    heardFromBot: async ({ conversationId }) =>
      (await transcript.after(conversationId, 0, 100)).filter(({ from }) => from.bot).map(({ text }) => text),
    passTime: () => undefined,
    pending: () => clock.sleeping().length,
    close: () => channel.stop(),
  };
}

/** The page posts again what was not taken. */
async function untilTaken(post: () => Promise<unknown>): Promise<void> {
  let failure: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      await post();
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

describeChannel('the web channel', openWeb);
