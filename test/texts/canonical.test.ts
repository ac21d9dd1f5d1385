import { describe, expect, it } from 'vitest';
import { assignmentTexts } from '#texts/assignment-texts';
import { ballotTexts } from '#texts/ballot-texts';
import { notOnRollTexts } from '#texts/not-on-roll-texts';
import { concernTexts } from '#texts/concern-texts';
import { feedbackTexts } from '#texts/feedback-texts';
import { meetingTexts } from '#texts/meeting-texts';
import { noticeTexts } from '#texts/notice-texts';
import { outcomeTexts } from '#texts/outcome-texts';
import { choiceTexts } from '#texts/choice-texts';
import { pollFigures } from '#texts/poll-figures';
import { openedText, pollTexts } from '#texts/poll-texts';
import { resultTexts } from '#texts/result-texts';
import { systemTexts } from '#texts/system-texts';

const lines = (...parts: string[]): string => parts.join('\n');
const light = { number: 12, title: '3号楼门口路灯坏了' };
const liu = { unit: '社区', name: '刘敏', phone: '88881234' };
const closes = '12月20日（周日）18:00';
const options = ['赞成', '反对', '弃权'];
const item = { number: 5, action: '选定电梯位置', ownerName: '刘建国', due: '12月30日（周三）' };
const rating = '您看怎么样？回复「评价 12 满意」，或「基本满意」「不满意」。';
const ballot = { method: { kind: 'forAgainst' }, options } as const;
/** What texts get of a poll for and against that was judged. */
function resultOf(
  data: Pick<
    Parameters<typeof resultTexts.result>[0],
    'title' | 'topicNumber' | 'roll' | 'quorum' | 'voted' | 'nextStep' | 'answerBy' | 'leading'
  > & { counts: readonly number[] },
): string {
  const { counts, voted, quorum, roll } = data;
  const need = { kind: 'voters', have: voted, need: quorum, of: roll } as const;
  return resultTexts.result({
    ...data,
    unit: '户',
    method: ballot.method,
    valid: voted >= quorum,
    checks: quorum === 0 ? [] : [need],
    rules: { threshold: 'plurality' },
    options: pollFigures({ ...ballot, unit: '户' }, { counts, voters: voted }),
  });
}
const result = { topicNumber: 3, title: '3号楼加装电梯', roll: 120, quorum: 80 };

describe('what residents read about a concern', () => {
  it('is worded as agreed', () => {
    expect(concernTexts.registered({ ...light, answerBy: '12月4日（周五）' })).toBe(
      lines(
        '已登记：诉求#12「3号楼门口路灯坏了」。',
        '社区12月4日（周五）前答复您。',
        '要补照片或情况，回复「补充 12」。',
      ),
    );
    expect(concernTexts.registered.private({ ...light, answerBy: '12月4日（周五）' })).toBe(
      lines(
        '已登记：诉求#12。',
        '「3号楼门口路灯坏了」',
        '社区12月4日（周五）前答复您。',
        '要补照片或情况，回复「补充 12」。',
      ),
    );
    expect(concernTexts.similar({ number: 9, title: '3号楼路灯不亮', minutes: 10 })).toBe(
      lines(
        '已收下。和诉求#9「3号楼路灯不亮」像是一件事。',
        '是同一件，回复「附议 9」；不是，回复「另记」。',
        '不回复也行，10分钟后单独登记。',
      ),
    );
    expect(concernTexts.endorsed({ number: 9, count: 7 })).toBe(
      lines('已附议：诉求#9，连您一共7人。', '有了答复，会告诉每一位。'),
    );
    expect(concernTexts.added({ number: 12, what: '照片2张' })).toBe(
      '已补充到诉求#12：照片2张。社区看得到。',
    );
    expect(
      concernTexts.progress({
        ...light,
        status: '物业正在修',
        responsible: { unit: '物业', name: '王强' },
        due: '12月5日（周六）',
      }),
    ).toBe(
      lines(
        '诉求#12「3号楼门口路灯坏了」：物业正在修。',
        '物业 王强负责，12月5日（周六）前办好。',
        '有变化会告诉您。',
      ),
    );
    expect(concernTexts.merged({ number: 15, into: 9 })).toBe(
      lines(
        '诉求#15和#9是一件事，并在一起办。',
        '您的编号还在，有结果照样告诉您。',
        '不是一件事，回复「拆开 15」。',
      ),
    );
  });

  it('names the three honest endings', () => {
    const mine = { number: 12, role: 'author' as const };
    expect(feedbackTexts.done({ ...mine, text: '12月3日物业换了新灯，见照片' })).toBe(
      lines('您提的诉求#12有结果了。', '办好了：12月3日物业换了新灯，见照片。', rating),
    );
    expect(
      feedbackTexts.partly({
        ...mine,
        text: '加一盏灯，12月20日前',
        left: '换整排灯杆',
        reason: '今年没有这笔钱，已报明年计划',
      }),
    ).toBe(
      lines(
        '您提的诉求#12有结果了。',
        '能办：加一盏灯，12月20日前',
        '这次办不了：换整排灯杆。原因：今年没有这笔钱，已报明年计划',
        rating,
      ),
    );
    expect(
      feedbackTexts.refused({
        ...mine,
        reason: '楼道宽1.1米，加装会挡消防通道',
        instead: '用1层公共充电点',
        contact: liu,
      }),
    ).toBe(
      lines(
        '您提的诉求#12有结果了。',
        '这次办不了。原因：楼道宽1.1米，加装会挡消防通道',
        '可以这样：用1层公共充电点。想再问，找社区 刘敏，88881234。',
        rating,
      ),
    );
    expect(feedbackTexts.ratingThanks({ number: 12, value: 'satisfied' })).toBe(
      '谢谢，已记下：诉求#12，满意。',
    );
    expect(feedbackTexts.ratingReopens({ number: 12, staff: '刘敏' })).toBe(
      lines('已记下：诉求#12，不满意。重新打开，刘敏再办。', '哪里没办好，发「补充 12」加内容。'),
    );
  });
});

describe('what is read about a poll', () => {
  it('is worded as agreed', () => {
    const opened = {
      topicNumber: 3,
      title: '3号楼加装电梯',
      electorate: '3号楼业主，每户1票',
      closes,
      poll: ballot,
      secrecy: 'open' as const,
    };
    expect(openedText({ ...opened, link: 'https://yishi.example.cn/p/3' })).toBe(
      lines(
        '【表决】议题#3 3号楼加装电梯',
        '3号楼业主，每户1票，12月20日（周日）18:00截止',
        '回复数字：1 赞成　2 反对　3 弃权，可以改',
        '群里投票大家看得见；不想公开，点 https://yishi.example.cn/p/3',
      ),
    );
    expect(
      pollTexts.reminder({ topicNumber: 3, closes, poll: ballot, voted: 71, quorum: 80, unit: '户' }),
    ).toBe(
      lines(
        '【提醒】议题#3今天12月20日（周日）18:00截止，还差9户',
        '没投的回复：1 赞成　2 反对　3 弃权',
        '投过的不用再投',
      ),
    );
    expect(
      choiceTexts.refused({ topicNumber: 3, poll: ballot, problem: { kind: 'noSuchOption', given: 5 } }),
    ).toBe(lines('这一票没算进去：议题#3没有第5项。', '请重发：1 赞成　2 反对　3 弃权'));
    expect(
      notOnRollTexts.notOnRoll({
        topicNumber: 3,
        electorate: '3号楼业主',
        contact: liu,
        roll: { unit: '人' },
      }),
    ).toBe(
      lines('这一票没算进去：议题#3由3号楼业主投。', '名册里没找到您。弄错了，找社区 刘敏，88881234核对。'),
    );
    const gathered = {
      topicNumber: 3,
      voters: 11,
      names: ['张桂兰', '李明', '王芳'],
      voted: 62,
      quorum: 80,
      unit: '户',
      closes,
      method: 'forAgainst' as const,
    };
    expect(ballotTexts.gathered(gathered)).toBe(
      lines(
        '收到11人的票：张桂兰、李明、王芳等。',
        '议题#3已投62户，还差18户到规定的80户。',
        '没投的，12月20日（周日）18:00前回复数字。',
      ),
    );
    expect(
      ballotTexts.receipt({ topicNumber: 3, receipt: '7K2M9QXA', cast: '12月18日（周五）20:14' }),
    ).toContain('7K2M-9QXA');
  });

  it('tells a result that counts from one that does not', () => {
    expect(
      resultOf({
        ...result,
        voted: 98,
        counts: [79, 15, 4],
        leading: 0,
        nextStep: '街道党组织研究',
        answerBy: '12月25日（周五）',
      }),
    ).toBe(
      lines(
        '【结果】议题#3 3号楼加装电梯：通过',
        '120户投了98户（81.7%），够规定的80户，有效',
        '赞成79　反对15　弃权4。结果供决策参考',
        '下一步：街道党组织研究，12月25日（周五）前回话',
      ),
    );
    expect(
      resultOf({
        ...result,
        voted: 71,
        counts: [60, 8, 3],
        nextStep: '社区开会再商量，时间另外通知',
      }),
    ).toBe(
      lines(
        '【结果】议题#3 3号楼加装电梯：人数不够，不算数',
        '120户投了71户（59.2%），规定要80户',
        '赞成60　反对8　弃权3，照实公布',
        '下一步：社区开会再商量，时间另外通知',
      ),
    );
    expect(resultOf({ ...result, voted: 90, counts: [45, 45, 0], nextStep: '再商量' })).toContain(
      '票数一样多',
    );
    expect(
      resultOf({ ...result, voted: 90, counts: [30, 50, 10], leading: 1, nextStep: '再商量' }),
    ).toContain('没通过');
    expect(resultOf({ ...result, roll: 0, voted: 0, quorum: 0, counts: [], nextStep: '再商量' })).toContain(
      '0%',
    );
  });
});

describe('what is read about meetings, outcomes and assignments', () => {
  it('is worded as agreed', () => {
    const meeting = { number: 4, starts: '12月22日（周二）19:00', room: '社区议事室（2号楼1层）' };
    expect(
      meetingTexts.notice({
        ...meeting,
        title: '电梯装在哪、钱怎么出',
        invited: '3号楼居民代表、物业、设计单位',
      }),
    ).toBe(
      lines(
        '【协商会#4】电梯装在哪、钱怎么出',
        '12月22日（周二）19:00，社区议事室（2号楼1层）',
        '请了3号楼居民代表、物业、设计单位',
        '能来，回复「报名 4」；来不了，「请假 4」',
      ),
    );
    const items = [
      { action: '选定电梯位置', ownerName: '刘建国', due: '12月30日' },
      { action: '公布分摊办法', ownerName: '刘敏', due: '12月31日' },
    ];
    expect(
      outcomeTexts.public({
        topicNumber: 3,
        range: '12月23日至27日',
        items,
        link: 'https://yishi.example.cn/o/3',
      }),
    ).toBe(
      lines(
        '【公示】议题#3商量好的事，12月23日至27日',
        '一、选定电梯位置，刘建国办，12月30日前',
        '二、公布分摊办法，刘敏办，12月31日前',
        '不同意，回复「异议 3」加理由；全文 https://yishi.example.cn/o/3',
      ),
    );
    expect(assignmentTexts.yellow({ ...item, days: 3, extensionExample: '12月31日' })).toBe(
      lines(
        '【黄灯】T5 选定电梯位置，还剩3个工作日',
        '刘建国负责，12月30日（周三）到期',
        '来不及，发「延期 T5 至12月31日」加理由',
      ),
    );
    expect(assignmentTexts.red({ ...item, days: 1 })).toBe(
      lines(
        '【红灯】T5 选定电梯位置，过期1个工作日',
        '刘建国负责，应在12月30日（周三）办好',
        '办好发「办结 T5」；有难处发「延期」，社区一起想办法',
      ),
    );
  });
});

describe('what is read about notices and the bot itself', () => {
  it('is worded as agreed', () => {
    const tap = { groups: 2, by: '王强' };
    expect(
      noticeTexts.preview({ groups: 6, people: 812, body: '【通知】停水', code: '8842', minutes: 10, tap }),
    ).toBe(
      lines(
        '将发到6个群，约812人：',
        '「【通知】停水」',
        '其中2个群要王强在手机上点一下才发出',
        '发，回复「确认 8842」；不发，10分钟后作废。',
      ),
    );
    const failed = [{ group: '2号楼群', cause: '助手已不在群里' }];
    const sent = {
      number: 8,
      groups: 6,
      delivered: 4,
      handedOver: 0,
      needsTap: 1,
      tapBy: '王强',
      uncertain: 0,
      failed,
    };
    expect(noticeTexts.summary({ ...sent, link: 'https://yishi.example.cn/n/8' })).toBe(
      lines(
        '通知#8：6个群，送达4，等王强点发1，没送到1。',
        '没送到：2号楼群，助手已不在群里',
        '处理：https://yishi.example.cn/n/8',
      ),
    );
    expect(systemTexts.numberUnknown({ number: 88 })).toBe(
      lines('没有找到诉求#88。', '发「进度」，看您提过的每一件。'),
    );
    expect(systemTexts.rateLimited({ count: 6 })).toBe(
      lines('收到您6条消息，都已保存，不用重发。', '整理好一起回复您。'),
    );
  });

  it('gives a notice one leading tag', () => {
    expect(noticeTexts.broadcast({ text: '明天停水' })).toBe('【通知】明天停水');
    expect(noticeTexts.broadcast({ text: '【停水】明天停水' })).toBe('【停水】明天停水');
  });
});
