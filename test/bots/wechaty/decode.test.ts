import { describe, expect, it } from 'vitest';
import { decodeMembers, decodeMessage, IMAGE, TEXT, type HeardMessage } from '#bots/wechaty/decode';

const RECEIVED = new Date('2026-11-20T04:00:00Z');
const SCOPE = { account: 'demo', botNames: ['议事助手', '小区助手'], receivedAt: RECEIVED };
const ZHANG = { id: 'zhang', name: '张桂兰', isSelf: false, isFriend: false };

function decode(heard: Partial<HeardMessage>) {
  const whole = {
    id: 'm1',
    type: TEXT,
    text: '',
    roomConversation: 'room',
    talker: ZHANG,
    mentionsSelf: false,
    sentAt: RECEIVED,
  };
  return decodeMessage({ ...whole, ...heard }, SCOPE);
}
const ruler = '- - - - - - - - - - - - - - -';

describe('a mention', () => {
  it.each([
    ['@小区助手\u2005电梯坏了', '电梯坏了'],
    ['@小区助手 电梯坏了', '电梯坏了'],
    ['@议事助手 电梯坏了', '电梯坏了'],
    ['＠小区助手 电梯坏了', '电梯坏了'],
    ['电梯坏了 @小区助手', '电梯坏了'],
  ])('is found in %j, although wechaty finds none', (text, words) => {
    expect(decode({ text })).toMatchObject({ mentionsBot: true, body: { type: 'text', text: words } });
  });

  it('by the name that the bot has in this room alone counts there', () => {
    expect(decode({ text: '@幸福里管家 电梯坏了', selfAlias: '幸福里管家' }).mentionsBot).toBe(true);
    expect(decode({ text: '@幸福里管家 电梯坏了' }).mentionsBot).toBe(false);
  });

  it('that wechaty alone has seen counts', () => {
    expect(decode({ text: '电梯坏了', mentionsSelf: true }).mentionsBot).toBe(true);
  });

  it('of somebody else stays in the text and does not count', () => {
    expect(decode({ text: '@李明 电梯坏了' })).toMatchObject({
      mentionsBot: false,
      body: { text: '@李明 电梯坏了' },
    });
  });

  it('within a quote does not count', () => {
    const text = `「李明：@小区助手\u2005路灯坏了」\n${ruler}\n我家也是`;
    expect(decode({ text, mentionsSelf: true })).toMatchObject({
      mentionsBot: false,
      body: { text: '我家也是' },
    });
  });

  it('behind a quote counts', () => {
    const text = `「李明：路灯坏了」\n${ruler}\n@小区助手\u2005附议 1`;
    expect(decode({ text })).toMatchObject({
      mentionsBot: true,
      body: { text: '附议 1' },
      quote: { from: '李明', text: '路灯坏了' },
    });
  });
});

describe('the time', () => {
  it.each([new Date(0), new Date(NaN), new Date('2036-01-01T00:00:00Z')])(
    '%s is replaced by that of arrival',
    (sentAt) => {
      expect(decode({ sentAt }).sentAt).toEqual(RECEIVED);
    },
  );

  it('of a message that comes late stays', () => {
    const sentAt = new Date('2026-11-19T23:00:00Z');
    expect(decode({ sentAt }).sentAt).toEqual(sentAt);
  });
});

describe('the kind', () => {
  it.each([
    [2, 'audio'],
    [14, 'url'],
    [IMAGE, 'image'],
    [99, 'type99'],
  ])('%i that is not read is kept as unsupported', (type, wireType) => {
    expect(decode({ type, text: '<xml/>' }).body).toEqual({ type: 'unsupported', wireType });
  });

  it('photo is a text without words and one attachment', () => {
    const image = { mediaId: 'media', kind: 'image', mime: 'image/png', bytes: 9 } as const;
    expect(decode({ type: IMAGE, image })).toMatchObject({
      body: { type: 'text', text: '' },
      attachments: [image],
    });
  });
});

describe('a sender', () => {
  it('is written to one-to-one only as a friend', () => {
    expect(decode({}).sender).toEqual({ vendorId: 'zhang', displayName: '张桂兰', isSelf: false });
    const direct = { channel: 'wechaty', account: 'demo', conversationId: 'direct-zhang' };
    expect(decode({ talker: { ...ZHANG, isFriend: true } }).sender.direct).toEqual(direct);
  });

  it('without a name has none', () => {
    expect(decode({ talker: { ...ZHANG, name: '' } }).sender).not.toHaveProperty('displayName');
  });
});

describe('a change of members', () => {
  const li = { id: 'li', name: '李明', isSelf: false, isFriend: false };
  const heard = {
    change: 'joined',
    roomId: 'r1',
    roomConversation: 'room',
    by: ZHANG,
    at: RECEIVED,
  } as const;

  it('names everybody', () => {
    const message = decodeMembers({ ...heard, members: [li, ZHANG] }, SCOPE);
    expect(message.body).toMatchObject({
      type: 'joined',
      members: [{ vendorId: 'li' }, { vendorId: 'zhang' }],
    });
    expect(message.sender.vendorId).toBe('zhang');
  });

  it('has one id however its people are listed', () => {
    const ids = [
      [li, ZHANG],
      [ZHANG, li],
    ].map((members) => decodeMembers({ ...heard, members }, SCOPE).messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(decodeMembers({ ...heard, change: 'left', members: [li, ZHANG] }, SCOPE).messageId).not.toBe(
      ids[0],
    );
  });
});
