import { expect } from 'vitest';
import { contactOf } from '#bots/wechaty/conversations';
import { describeChannel, type ChannelRig } from '#test/conformance/channel';
import { createFakeClock } from '#test/support/fake-clock';
import { mockLogin } from './mock-login.ts';

const QUOTE_END = '- - - - - - - - - - - - - - -';

async function openMock(): Promise<ChannelRig> {
  const clock = createFakeClock(new Date());
  const login = mockLogin({ clock: { ...clock, monotonicMs: () => clock.now().getTime() } });
  const zhang = login.contact('张桂兰');
  const room = login.room('阳光小区业主群', zhang);
  return {
    channel: login.channel,
    group: login.at(room),
    async ready() {
      login.login();
      await expect.poll(() => login.channel.health()).toBe('ready');
    },
    async says(text, { mentionsBot = false, quote, direct = false, times = 1 } = {}) {
      const front = quote ? `「${quote.from}：${quote.text}」\n${QUOTE_END}\n` : '';
      const words = `${front}${mentionsBot ? '@小区助手\u2005' : ''}${text}`;
      zhang.say(words, mentionsBot ? [login.self] : []).to(direct ? login.self : room);
      for (let time = 1; time < times; time += 1) login.repeat();
    },
    heardFromBot: async ({ conversationId }) => {
      const to = contactOf(conversationId) ?? conversationId;
      return login.said.filter((one) => one.to === to).map(({ text }) => text);
    },
    passTime: () => clock.advance(500),
    pending: () => clock.sleeping().length,
    close: () => login.channel.stop(),
  };
}

describeChannel('the wechaty channel, with the mock puppet', openMock);
