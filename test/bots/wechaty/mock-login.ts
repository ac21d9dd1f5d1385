import { WechatyBuilder, log } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { createWechatyChannel, type WechatyDeps } from '#bots/wechaty/adapter';
import { wechatyBot } from '#bots/wechaty/open';
import type { Channel } from '#core/channel';
import type { ConversationRef } from '#core/message';

export type MockContact = ReturnType<mock.Mocker['createContact']>;
export type MockRoom = ReturnType<mock.Mocker['createRoom']>;

export const NOT_A_PICTURE = new Uint8Array([0]);

export interface MockLogin {
  readonly channel: Channel;
  readonly mocker: mock.Mocker;
  readonly puppet: PuppetMock;
  readonly self: MockContact;
  /** Faults and QR codes, in order. */
  readonly faults: readonly string[];
  readonly scans: readonly string[];
  /** What the bot said where, oldest first; files as their names. */
  readonly said: readonly {
    readonly to: string;
    readonly text: string;
    readonly mentions: readonly string[];
  }[];
  login(): void;
  contact(name: string, isFriend?: boolean): MockContact;
  room(topic: string, ...members: MockContact[]): MockRoom;
  /** The puppet reports the newest message once more. */
  repeat(): void;
  at(room: { readonly id: string }): ConversationRef;
}

/** A real wechaty on a vendor that lives in this process. Errors of the vendor are what `say` answers next. */
export function mockLogin(
  deps: Partial<WechatyDeps> & Pick<WechatyDeps, 'clock'>,
  stableIds = true,
): MockLogin {
  log.level('silent');
  const mocker = new mock.Mocker();
  const puppet = new PuppetMock({ mocker });
  const faults: string[] = [];
  const scans: string[] = [];
  const said: { to: string; text: string; mentions: readonly string[] }[] = [];
  const channel = createWechatyChannel({
    bot: wechatyBot(WechatyBuilder.build({ puppet }), stableIds),
    account: 'demo',
    botName: '议事助手',
    keepMedia: async () => 'media-1',
    pictures: { png: async () => NOT_A_PICTURE },
    onFault: (event) => void faults.push(event),
    onScan: (qrcode) => void scans.push(qrcode),
    ...deps,
  });
  const sendText = puppet.messageSendText.bind(puppet);
  puppet.messageSendText = async (to: string, text: string, mentions: string[] = []) => {
    await sendText(to, text);
    said.push({ to, text, mentions });
  };
  puppet.messageSendFile = async (to, file) => void said.push({ to, text: file.name, mentions: [] });
  const self = mocker.createContact({ name: '小区助手' });
  return {
    channel,
    mocker,
    puppet,
    self,
    faults,
    scans,
    said,
    login: () => mocker.login(self),
    contact: (name, isFriend = true) => mocker.createContact({ name, friend: isFriend, alias: '' }),
    room: (topic, ...members) =>
      mocker.createRoom({ topic, memberIdList: [self, ...members].map(({ id }) => id) }),
    repeat: () => puppet.emit('message', { messageId: [...mocker.cacheMessagePayload.keys()].at(-1) ?? '' }),
    at: ({ id }) => ({ channel: 'wechaty', account: 'demo', conversationId: id }),
  };
}
