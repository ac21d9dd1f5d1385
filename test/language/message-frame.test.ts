import { describe, expect, it } from 'vitest';
import { isBlankOrEmoji, stripMention, stripQuote } from '#language/message-frame';

const RULER = '- - - - - - - - - - - - - - -';

describe('stripQuote', () => {
  it('takes the quoted message off as wechat4u writes it', () => {
    expect(stripQuote(`「张三：路灯坏了」\n${RULER}\n附议 1`)).toEqual({
      quote: { author: '张三', text: '路灯坏了' },
      text: '附议 1',
    });
  });

  it('ends at the ruler of the outer quote when a quote holds a quote', () => {
    const inner = `「乙：x」\n${RULER}\ny`;

    expect(stripQuote(`「甲：${inner}」\n${RULER}\n附议 2`)).toEqual({
      quote: { author: '甲', text: inner },
      text: '附议 2',
    });
  });

  it('reads quotes with line breaks, CRLF and half-width colons', () => {
    expect(stripQuote(`「张三:一\r\n二」\r\n${RULER}\r\n好`)).toEqual({
      quote: { author: '张三', text: '一\n二' },
      text: '好',
    });
  });

  it('reads the WeCom form with straight quotation marks', () => {
    expect(stripQuote('这是一条引用/回复消息：\n"张三：灯坏了"\n------\n附议1')).toEqual({
      quote: { author: '张三', text: '灯坏了' },
      text: '附议1',
    });
  });

  it.each(['「3」', '附议 1', `路灯坏了\n${RULER}\n三天了`, '「未完', ''])('leaves %j alone', (text) => {
    expect(stripQuote(text)).toEqual({ text });
  });

  it('leaves an empty reply empty', () => {
    expect(stripQuote(`「张三：灯」\n${RULER}\n`).text).toBe('');
  });
});

describe('stripMention', () => {
  const names = ['议事助手', '幸福里', 'Yishi'];

  it.each([
    ['@议事助手\u2005路灯坏了', '路灯坏了'],
    ['@议事助手 路灯坏了', '路灯坏了'],
    ['＠议事助手　路灯坏了', '路灯坏了'],
    ['@议事助手路灯坏了', '路灯坏了'],
    ['@议事助手，路灯坏了', '路灯坏了'],
    ['@YISHI help', 'help'],
    ['帮助 @议事助手', '帮助'],
    ['帮助@议事助手\u2005', '帮助'],
    ['@议事助手 @议事助手 帮助', '帮助'],
    ['议事助手帮助', '帮助'],
    ['议事助手，帮助', '帮助'],
    ['幸福里 帮助', '帮助'],
    ['@议事助手', ''],
  ])('takes the name off %j', (text, left) => {
    expect(stripMention(text, names)).toEqual({ text: left, mentioned: true });
  });

  it.each(['幸福里3号楼路灯坏了', '@张三 路灯坏了', '路灯坏了', '', 'a@b.c'])(
    'does not see itself in %j',
    (text) => {
      expect(stripMention(text, names)).toEqual({ text, mentioned: false });
    },
  );

  it('counts a mention within the text and leaves it there', () => {
    expect(stripMention('麻烦@议事助手 看看', names)).toEqual({
      text: '麻烦@议事助手 看看',
      mentioned: true,
    });
  });

  it('takes names literally and ignores empty ones', () => {
    expect(stripMention('@a.c 好', ['a.c', ' '])).toEqual({ text: '好', mentioned: true });
    expect(stripMention('@abc 好', ['a.c', ''])).toEqual({ text: '@abc 好', mentioned: false });
  });
});

describe('isBlankOrEmoji', () => {
  it.each([
    '',
    ' \n',
    '。。。',
    '？！',
    '👍',
    '👨‍👩‍👧',
    '🇨🇳',
    '[微笑]',
    '[OK][强] 👍',
    '\u200b',
    '[图片]',
    '❤️',
    '~',
  ])('finds nothing to read in %j', (text) => {
    expect(isBlankOrEmoji(text)).toBe(true);
  });

  it.each(['好', '1', '①', '1️⃣', '１', '[赞成]', 'ok', '👍好', '三'])(
    'finds something to read in %j',
    (text) => {
      expect(isBlankOrEmoji(text)).toBe(false);
    },
  );
});
