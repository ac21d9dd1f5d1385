/** Ways of ending that keep coming back; a start to write on, never sent by themselves. */
export const REPLY_TEMPLATES = {
  done: [
    '物业已经修好，请去看看。',
    '已经清理干净，以后每周清一次。',
    '已经联系上负责的师傅，当天处理好了。',
  ],
  partly: ['先把最急的一处修好，其余的列入下个月计划。', '能做的已经在做，做完再告诉您。'],
  refused: ['现场看过，这次办不了。', '问过负责的单位，现在没有条件办。'],
} as const;
