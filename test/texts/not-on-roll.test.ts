import { describe, expect, it } from 'vitest';

import { notOnRollTexts } from '#texts/not-on-roll-texts';
import { VOTE_PAGE_WORDS } from '#texts/vote-page-words';

const contact = { unit: '社区', name: '刘敏', phone: '88881234' };
const BIND = '「绑定 房号 姓名 手机尾号」';

/** What somebody can do, by what the roll was made of: words that must be there, and words that would mislead. */
const KINDS = [
  [{ rollKind: 'members', unit: '人' }, /后来进群的下次能投[^]*原来在群里的账号/u, /绑定/u],
  [{ rollKind: 'residents', unit: '人' }, /登记过的居民[^]*「绑定 房号 姓名 手机尾号」，再投一次/u, /进群/u],
  [{ rollKind: 'households', unit: '户' }, /住户[^]*「绑定 房号 姓名 手机尾号」，再投一次/u, /进群/u],
  [{ rollKind: 'list', unit: '人' }, /名单上有您[^]*「绑定[^]*发「反映」加内容/u, /再投一次|进群/u],
] as const;

describe('whoever is not found on a roll', () => {
  it.each(KINDS)('%o is told what they can do, in chat and on the page', (roll, must, mustNot) => {
    const poll = { ...roll, electorate: '幸福里居民，每人1票' };
    const texts = [
      notOnRollTexts.notOnRoll({ topicNumber: 3, electorate: poll.electorate, contact, roll }),
      VOTE_PAGE_WORDS.notOnRoll(poll, contact),
      VOTE_PAGE_WORDS.notGotWords(poll, contact).join('\n'),
    ];
    for (const text of texts) {
      expect(text).toMatch(must);
      expect(text).not.toMatch(mustNot);
      expect(text).toContain('88881234');
    }
  });

  it('of a poll from before the kind was kept is told what its unit says', () => {
    const said = (unit: '人' | '户') =>
      notOnRollTexts.notOnRoll({ topicNumber: 3, electorate: '居民', contact, roll: { unit } });
    expect(said('户')).toContain(BIND);
    expect(said('人').split('\n')).toHaveLength(2);
  });
});
