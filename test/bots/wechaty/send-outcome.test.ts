import { describe, expect, it } from 'vitest';
import { redacted } from '#bots/wechaty/faults';
import { outcomeOfFailure, outcomeOfSaying } from '#bots/wechaty/send-outcome';
import { DELIVERY_CAUSES } from '#texts/words';

describe('what was said', () => {
  it('is delivered when WeChat gave it an id, and accepted otherwise', () => {
    expect(outcomeOfSaying({ id: 'm1' })).toEqual({ status: 'delivered', providerMessageId: 'm1' });
    expect(outcomeOfSaying(undefined)).toEqual({ status: 'accepted' });
    expect(outcomeOfSaying({ id: '' })).toEqual({ status: 'accepted' });
  });
});

describe('what could not be said', () => {
  it.each([
    [new Error('not logged in'), 'retry', 'offline'],
    [new Error('connect ECONNREFUSED 127.0.0.1:8788'), 'retry', 'offline'],
    [Object.assign(new Error('14 UNAVAILABLE: No connection established'), { code: 14 }), 'retry', 'offline'],
    [new Error('操作过于频繁，请稍后再试'), 'retry', 'tries'],
    [new Error('no payload found for id 123@chatroom'), 'rejected', 'removed'],
    [new Error('你已被移出群聊'), 'rejected', 'removed'],
    [new Error('消息内容过长'), 'rejected', 'tooLong'],
    [new Error('对方开启了朋友验证'), 'rejected', 'refused'],
    ['消息含有敏感内容', 'rejected', 'refused'],
  ])('%s: %s, %s', (error, status, reason) => {
    expect(outcomeOfFailure(error)).toMatchObject({ status, reason });
    expect(Object.keys(DELIVERY_CAUSES)).toContain(reason);
  });

  it.each([
    new Error('14 UNAVAILABLE: Connection dropped'),
    new Error('4 DEADLINE_EXCEEDED'),
    new Error('socket hang up'),
    new Error('something nobody has seen before'),
    undefined,
    { odd: true },
  ])('%s leaves it open', (error) => {
    expect(outcomeOfFailure(error).status).toBe('uncertain');
  });

  it('waits long after talking too fast', () => {
    expect(outcomeOfFailure(new Error('操作过于频繁'))).toMatchObject({ retryAfterMs: 300_000 });
  });
});

describe('an error for the log', () => {
  it('keeps kind, code and place, and nothing of what was said', () => {
    const error = Object.assign(new TypeError('cannot send 张桂兰的话 with token insecure_abc'), {
      code: 14,
    });
    const told = redacted(error);
    expect(told.message).toBe('TypeError 14');
    expect(told.stack).toContain('send-outcome.test.ts');
    expect(`${told.message}${told.stack}`).not.toMatch(/张桂兰|insecure_abc/u);
  });

  it.each([undefined, null, 'text with 张桂兰', { secret: 1 }, 7])('takes %s', (error) => {
    expect(redacted(error).message).not.toContain('张桂兰');
  });
});
