import type { Poll, PollRules, Share } from '#core/poll';
import { howToVote, METHOD_WORDS, moneyWords, severalWords } from './method-words.ts';

type Ruled = Pick<Poll, 'method' | 'options' | 'rules' | 'unit' | 'quorum' | 'electorate'>;

/** The rules of a poll in words, each with what it is about: what was frozen at opening, for whoever asks. */
export function ruleLines(poll: Ruled): readonly (readonly [about: string, words: string])[] {
  const { rules } = poll;
  return [
    ['谁能投', poll.electorate],
    ['投法', methodWords(poll)],
    ['怎么算有效', quorumWords(poll)],
    ['怎么算通过', approvalWords(poll)],
    ...(poll.method.kind === 'forAgainst' ? ([['弃权', abstentionWords(rules)]] as const) : []),
    ['公不公开', secrecyWords(rules)],
    ['委托', proxyWords(poll)],
    ['重投', againWords(rules)],
    ['怎么算按时', inTimeWords(rules)],
  ];
}

function inTimeWords({ graceSeconds }: PollRules): string {
  const sent = '以消息发出的时间为准';
  if (graceSeconds === undefined) return sent;
  return graceSeconds === 0
    ? `${sent}；截止后马上计票`
    : `${sent}；截止后再等${graceSeconds}秒，收还在路上的票`;
}

function methodWords(poll: Ruled): string {
  const { method, options } = poll;
  const name = METHOD_WORDS[method.kind];
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return `${name}，一${poll.unit}选一项`;
    case 'several':
      return `${name}，${severalWords(method, options.length)}`;
    case 'ranking':
      return method.rule === 'borda'
        ? `${name}，第一名得${options.length - 1}分，往后每名少1分，总分高的在前`
        : `${name}，每轮去掉票最少的一项，它的票转给下一个选择，直到有一项过半；一样少的，看上一轮，再一样去掉排在后面的`;
    case 'points':
    case 'score':
      return `${name}，${howToVote(poll)}`;
    case 'budget':
      return `${name}，合计不超过${moneyWords(method.limit, method)}；按票数从多到少列入，一样多的排在前面的先列，钱不够的跳过`;
  }
}

/** 过半, 三分之二以上, 60/100以上 */
function shareWords({ numerator, denominator, isMore }: Share): string {
  if (numerator === 1 && denominator === 2) return isMore ? '过半' : '一半以上';
  const name = numerator === 2 && denominator === 3 ? '三分之二' : `${numerator}/${denominator}`;
  return isMore ? `超过${name}` : `${name}以上`;
}

function quorumWords({ rules, unit, quorum }: Ruled): string {
  if (rules.article278) return `人数和专有面积都要三分之二以上参加（民法典第278条），至少${quorum}${unit}`;
  switch (rules.quorum.kind) {
    case 'none':
      return '没有规定多少人投才算数';
    case 'voters':
      return `至少${quorum}${unit}投票`;
    case 'households':
      return `至少${rules.quorum.least}户有人投票`;
    case 'share':
      return `${shareWords(rules.quorum.share)}投票，至少${quorum}${unit}`;
  }
}

function approvalWords({ rules, method, unit }: Ruled): string {
  if (rules.article278 === 'major') return '参加的人数和面积，都要四分之三以上赞成';
  if (rules.article278 === 'ordinary') return '参加的人数和面积，都要过半赞成';
  const base = rules.abstentions === 'ignore' && method.kind === 'forAgainst' ? '不算弃权的票' : '投了的票';
  switch (rules.threshold) {
    case 'plurality':
      return method.kind === 'budget' ? '按票数和预算列入' : '最多的一项在前，一样多就是并列';
    case 'majority':
      return `${base}过半`;
    case 'twoThirds':
      return `${base}三分之二以上`;
    case 'threeQuarters':
      return `${base}四分之三以上`;
    case 'majorityOfRoll':
      return `名册上的${unit === '户' ? '户数' : '人数'}过半`;
  }
}

function proxyWords({ rules: { proxiesPerHolder }, unit }: Ruled): string {
  if (proxiesPerHolder === undefined) return '不能委托别人投；来不了的，可以交纸票、打电话，请社区代录';
  return `可以书面委托名册上的一${unit}投，受托的最多替${proxiesPerHolder}${unit}投，不能再转托；截止前可以撤销，受托的可以退回`;
}

/** Each order of ballots: which stands over which, and what of several that are alike. */
const BALLOT_ORDER_WORDS = {
  ownThenLatest: { over: '以自己投的为准，盖过代录的纸票、电话、上门', alike: '自己投几次的，算最后一次' },
} as const satisfies Record<NonNullable<PollRules['ballotOrder']>, unknown>;

function againWords({ ballotOrder = 'ownThenLatest', proxiesPerHolder }: PollRules): string {
  const { over, alike } = BALLOT_ORDER_WORDS[ballotOrder];
  const others = proxiesPerHolder === undefined ? '' : '；自己投的和代录的，都盖过受托人投的';
  return `${over}${others}；${alike}`;
}

function abstentionWords({ abstentions }: PollRules): string {
  return abstentions === 'count' ? '算参加，也算在总票数里' : '算参加，不算在总票数里';
}

function secrecyWords({ secrecy, showsNames, showsCountsWhileOpen, minCell }: PollRules): string {
  const who = seenWords(secrecy, showsNames);
  const counts = showsCountsWhileOpen ? '票数随时看得见' : '票数截止后公布';
  return minCell === 0 ? `${who}，${counts}` : `${who}，${counts}，不到${minCell}票的楼栋不单列`;
}

function seenWords(secrecy: PollRules['secrecy'], showsNames: boolean | undefined): string {
  if (secrecy === 'secret') return '不公开投票，群里发的不算';
  return showsNames === true ? '记名，谁选了什么截止后大家查得到' : '群里投的大家看得见，私聊投的不公开';
}
