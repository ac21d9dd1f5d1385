import { describe, expect, it } from 'vitest';

import { saidWords } from '../../web/src/console/data/said-words.ts';

describe('the bar of the console', () => {
  it('says what was done, without what to write in a chat', () => {
    expect(saidWords('topic.create', '已立题：议题#1 修路灯\n要表决，发「表决 1」')).toBe(
      '已立题：议题#1 修路灯',
    );
  });

  it('says what was not done beside what was', () => {
    expect(saidWords('concern.merge', '#1已并到#3\n诉求#2已经答复过\n分开，发「分开 1」')).toBe(
      '#1已并到#3\n诉求#2已经答复过',
    );
  });
});
