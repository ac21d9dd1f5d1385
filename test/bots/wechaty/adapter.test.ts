import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PollResultPicture } from '#core/picture';
import { createFakeClock } from '#test/support/fake-clock';
import { createRecordingSink, type RecordingSink } from '#test/support/recording-sink';
import { mockLogin, type MockContact, type MockLogin, type MockRoom } from './mock-login.ts';

const IMAGE = 6;
const AUDIO = 2;

const PICTURE: PollResultPicture = {
  kind: 'pollResult',
  placeName: '幸福里',
  topicNumber: 1,
  title: '装路灯',
  verdict: '有效，通过',
  valid: true,
  turnout: { voted: 2, roll: 3, quorum: 2, unit: '人' },
  options: [{ label: '同意', votes: 2 }],
  closedAt: '12月8日（周二）18:00',
  verificationCode: 'ABC123',
};

let login: MockLogin;
let inbox: RecordingSink;
let zhang: MockContact;
let room: MockRoom;

async function open(stableIds = true): Promise<void> {
  const clock = createFakeClock(new Date());
  login = mockLogin({ clock: { ...clock, monotonicMs: () => clock.now().getTime() } }, stableIds);
  inbox = createRecordingSink();
  zhang = login.contact('张桂兰');
  room = login.room('业主群', zhang);
  await login.channel.start(inbox.sink);
  login.login();
  await expect.poll(() => login.channel.health(), { interval: 2 }).toBe('ready');
}

const arrived = (count: number) => expect.poll(() => inbox.stored.length, { interval: 2 }).toBe(count);
const send = (
  body: { text: string; mentions?: string[]; picture?: PollResultPicture },
  to = login.at(room),
) => login.channel.send({ id: 'out', to, body }, new AbortController().signal);

beforeEach(() => open());
afterEach(() => login.channel.stop());

describe('members', () => {
  it('who join and leave are handed in, also while wechaty reports errors about them', async () => {
    const li = login.contact('李明', false);
    room.add(li).by(zhang);
    await arrived(1);
    room.remove(li).by(zhang);
    await arrived(2);
    const members = [{ vendorId: li.id, displayName: '李明', isSelf: false }];
    expect(inbox.stored.map(({ body }) => body)).toEqual([
      { type: 'joined', members },
      { type: 'left', members },
    ]);
    expect(inbox.stored[0]?.from).toEqual(login.at(room));
    expect(login.faults).toEqual([]);
  });

  it('a join that is reported three times is handed in once', async () => {
    const joined = {
      roomId: room.id,
      inviteeIdList: [zhang.id],
      inviterId: login.self.id,
      timestamp: 1_790_000_000,
    };
    for (let times = 0; times < 3; times += 1) login.puppet.emit('room-join', joined);
    zhang.say('大家好').to(room);
    await arrived(2);
    expect(inbox.calls()).toBe(2);
    expect(inbox.stored.map(({ body }) => body.type).sort()).toEqual(['joined', 'text']);
  });

  it('the bot itself is marked when it is invited', async () => {
    room.add(login.self).by(zhang);
    await arrived(1);
    expect(inbox.stored[0]?.body).toMatchObject({ type: 'joined', members: [{ isSelf: true }] });
  });
});

describe('what is not text', () => {
  function sayFile(type: number, bytes: Buffer): void {
    login.puppet.messageFile = async () => ({ name: 'file', toBuffer: async () => bytes }) as never;
    const said = { id: 'file-1', talkerId: zhang.id, roomId: room.id, timestamp: Date.now(), type };
    login.mocker.MessageMock.create(said);
    login.puppet.emit('message', { messageId: 'file-1' });
  }

  it('a photo is kept and attached', async () => {
    sayFile(IMAGE, Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'));
    await arrived(1);
    expect(inbox.stored[0]).toMatchObject({
      body: { type: 'text', text: '' },
      attachments: [{ mediaId: 'media-1', kind: 'image', mime: 'image/png', bytes: 12 }],
    });
  });

  it('a photo that is none is kept as unsupported', async () => {
    sayFile(IMAGE, Buffer.from('<script>'));
    await arrived(1);
    expect(inbox.stored[0]).toMatchObject({
      body: { type: 'unsupported', wireType: 'image' },
      attachments: [],
    });
  });

  it('a voice message is kept as unsupported', async () => {
    sayFile(AUDIO, Buffer.from('voice'));
    await arrived(1);
    expect(inbox.stored[0]?.body).toEqual({ type: 'unsupported', wireType: 'audio' });
  });

  it('news of an official account is not answered', async () => {
    const news = login.mocker.createContact({ name: '公众号', type: 2 });
    news.say('今日要闻').to(login.self);
    zhang.say('你好').to(login.self);
    await arrived(1);
    expect(inbox.stored[0]?.sender.displayName).toBe('张桂兰');
    expect(inbox.calls()).toBe(1);
  });
});

describe('a send', () => {
  it('mentions people by name', async () => {
    await send({ text: '已登记', mentions: [zhang.id, 'nobody'] });
    expect(login.said).toEqual([{ to: room.id, text: '@张桂兰 已登记', mentions: [zhang.id] }]);
  });

  it('says the text, then the picture', async () => {
    expect(await send({ text: '结果', picture: PICTURE })).toEqual({ status: 'accepted' });
    expect(login.said.map(({ text }) => text)).toEqual(['结果', 'poll-1.png']);
  });

  it('a picture that fails changes nothing', async () => {
    login.puppet.messageSendFile = async () => Promise.reject(new Error('upload failed'));
    expect(await send({ text: '结果', picture: PICTURE })).toEqual({ status: 'accepted' });
    expect(login.faults).toEqual(['wechaty.picture']);
  });

  it.each([
    ['not logged in', { status: 'retry', reason: 'offline' }],
    ['消息含有敏感内容', { status: 'rejected', reason: 'refused' }],
    ['socket hang up', { status: 'uncertain', reason: 'line dropped' }],
  ])('that the puppet refuses with "%s" is an outcome, never a throw', async (words, outcome) => {
    login.puppet.messageSendText = async () => Promise.reject(new Error(words));
    expect(await send({ text: '已登记', picture: PICTURE })).toEqual(outcome);
    expect(login.said).toEqual([]);
  });

  it('to a room that the bot is no longer in is rejected', async () => {
    expect(await send({ text: '在吗' }, login.at({ id: 'gone@chatroom' }))).toEqual({
      status: 'rejected',
      reason: 'removed',
    });
  });

  it('to somebody who is no friend is rejected', async () => {
    const li = login.contact('李明', false);
    const to = login.at({ id: `direct-${li.id}` });
    expect(await send({ text: '在吗' }, to)).toEqual({ status: 'rejected', reason: 'refused' });
  });

  it('that is broken off is uncertain', async () => {
    const abort = new AbortController();
    login.puppet.messageSendText = () => {
      setImmediate(() => abort.abort());
      return new Promise(() => undefined);
    };
    const message = { id: 'out', to: login.at(room), body: { text: '在吗' } };
    expect(await login.channel.send(message, abort.signal)).toEqual({
      status: 'uncertain',
      reason: 'broken off',
    });
  });

  it('that is broken off before it begins says nothing', async () => {
    const message = { id: 'out', to: login.at(room), body: { text: '在吗' } };
    expect((await login.channel.send(message, AbortSignal.abort())).status).toBe('retry');
    expect(login.said).toEqual([]);
  });

  it('with id from the vendor is delivered', async () => {
    const answering: { messageSendText: unknown } = login.puppet;
    answering.messageSendText = async () => {
      zhang.say('echo').to(room);
      return [...login.mocker.cacheMessagePayload.keys()].at(-1);
    };
    expect((await send({ text: '已登记' })).status).toBe('delivered');
  });
});

describe('the login', () => {
  it('shows the code before it, and is lost with a logout', async () => {
    login.puppet.emit('scan', { qrcode: 'https://login.example/1', status: 2 });
    expect(login.scans).toEqual(['https://login.example/1']);
    expect(login.faults).toEqual(['wechaty.lost']);
    expect(login.channel.health()).toBe('down');
  });

  it('is listened to no more after the end', async () => {
    await login.channel.stop();
    login.puppet.emit('scan', { qrcode: 'https://login.example/1', status: 2 });
    login.puppet.emit('error', { data: 'an error of a stopped puppet ends no process' });
    expect(login.scans).toEqual([]);
  });

  it('is lost when the account logs out', async () => {
    await login.puppet.logout();
    await expect.poll(() => login.channel.health(), { interval: 2 }).toBe('down');
    expect(await send({ text: '在吗' })).toEqual({ status: 'retry', reason: 'offline' });
  });

  it('survives an error of the puppet', async () => {
    login.puppet.emit('error', { data: 'something odd' });
    zhang.say('还在吗').to(room);
    await arrived(1);
    expect(login.faults).toEqual(['wechaty.error']);
  });

  it('a message that cannot be loaded holds up no other', async () => {
    login.puppet.emit('message', { messageId: 'unknown' });
    zhang.say('还在吗').to(room);
    await arrived(1);
  });
});

describe('with a puppet whose ids change', () => {
  it('a room is known by its topic, and what is sent there arrives', async () => {
    await login.channel.stop();
    await open(false);
    expect(login.channel.capabilities.stableIds).toBe(false);
    zhang.say('大家好').to(room);
    await arrived(1);
    const from = inbox.stored[0]?.from;
    expect(from?.conversationId).toBe('topic-业主群');
    await send({ text: '已登记' }, from);
    expect(login.said).toMatchObject([{ to: room.id, text: '已登记' }]);
  });
});
