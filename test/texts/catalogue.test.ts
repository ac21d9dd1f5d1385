import { describe, expect, it } from 'vitest';
import { GROUP_LIMITS, PRIVATE_LIMITS, lineUnits } from '#texts/catalogue';
import { pollTexts } from '#texts/poll-texts';
import { everyRendered, stringsIn, type Rendered } from './catalogues.ts';

const rendered = await everyRendered();
const of = (...audiences: string[]) =>
  rendered.filter(({ text }) => text.to.some((to) => audiences.includes(to)));
const groupMessages = of('G', 'B', 'S', 'D');
const withinPerson = of('P');

// Rule 5. 亲 alone is banned as a form of address, 贵 and 兹 wherever they stand.
const BANNED =
  /本系统|小编|亲[，,们爱]|为您服务|敬请|贵|兹|特此|予以|进行(?!中)|知悉|相关|处理中|操作失败|系统异常|无效输入|非法|权限不足|对不起|抱歉|请重试|您输错/u;
const TAGS = ['今天', '表决', '结果', '公示', '交办', '通知', '提醒', '黄灯', '红灯'];
const LEADING_TAG = new RegExp(`^【(?:${TAGS.join('|')}|协商会#\\d+)】`, 'u');
const offersBareDigit = (message: string): boolean =>
  /回复数字|发数字|回复「?\d|「\d+」/u.test(message) ||
  /(?:^|[：　\s])\d [\p{Script=Han}]/mu.test(message.replace(/「[^」]*」/gu, ''));
const ABOUT_BALLOTS = /^(?:ballot|poll|number\.ambiguous)/u;

/** Fields whose words a lock screen must not show: what was chosen, who it is, what it is about. */
const SENSITIVE = new Set([
  'title',
  'topicTitle',
  'option',
  'options',
  'names',
  'text',
  'reason',
  'resolution',
  'left',
  'instead',
]);

const failures = (list: readonly Rendered[], isFine: (row: Rendered) => boolean): string[] =>
  list.filter((row) => !isFine(row)).map(({ name, message }) => `${name}: ${message}`);

describe('the catalogue', () => {
  it('holds every key once', () => {
    const keys = rendered.filter(({ name }) => name.endsWith('shortest')).map(({ text }) => text.key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has every key of the canonical messages', () => {
    const keys = new Set(rendered.map(({ text }) => text.key));
    // result.valid and result.invalid are one text: the figures decide.
    const canonical = `concern.registered concern.similar concern.unsure concern.empty concern.endorsed concern.added
      concern.progress concern.merged command.unknown number.unknown number.ambiguous role.wrong rate.limited
      poll.opened ballot.accepted ballot.gathered ballot.changed ballot.invalid ballot.late ballot.notOnRoll
      ballot.receipt poll.reminder result meeting.notice meeting.rsvp meeting.reminder outcome.public objection
      assignment.new assignment.yellow assignment.red assignment.done extension feedback.done feedback.partly
      feedback.refused rating.thanks notice.preview notice.summary notice.quiet system.slow group.welcome`;
    expect(canonical.split(/\s+/u).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('leaves no hole where data should be', () => {
    expect(
      failures(
        rendered,
        ({ message, privately }) => !/undefined|NaN|\[object|\n\n|「」/u.test(message + privately),
      ),
    ).toEqual([]);
  });
});

describe('what is said in a group', () => {
  const bounded = groupMessages.filter(({ text }) => text.whole === undefined);

  it('has at most four lines', () => {
    expect(failures(bounded, ({ message }) => message.split('\n').length <= GROUP_LIMITS.lines)).toEqual([]);
  });

  it('has lines of at most thirty units', () => {
    expect(
      failures(bounded, ({ message }) =>
        message.split('\n').every((line) => lineUnits(line) <= GROUP_LIMITS.unitsPerLine),
      ),
    ).toEqual([]);
  });

  it('has at most a hundred units in all', () => {
    const total = (message: string) => message.split('\n').reduce((sum, line) => sum + lineUnits(line), 0);
    expect(failures(bounded, ({ message }) => total(message) <= GROUP_LIMITS.units)).toEqual([]);
  });

  it('begins with exactly one known tag when it is a broadcast', () => {
    const broadcasts = of('B');
    expect(broadcasts.length).toBeGreaterThan(0);
    expect(failures(broadcasts, ({ message }) => LEADING_TAG.test(message))).toEqual([]);
    expect(
      failures(broadcasts, ({ message }) =>
        message.split('\n').every((line, at) => at === 0 || !line.startsWith('【')),
      ),
    ).toEqual([]);
  });

  it('begins with a tag only when it is a broadcast', () => {
    const others = rendered.filter(({ text }) => !text.to.some((to) => to === 'B' || to === 'D'));
    expect(failures(others, ({ message }) => !message.startsWith('【'))).toEqual([]);
  });
});

describe('what is said one-to-one', () => {
  it('has at most six lines', () => {
    const bounded = withinPerson.filter(({ text }) => text.whole === undefined);
    expect(
      failures(bounded, ({ privately }) => privately.split('\n').length <= PRIVATE_LIMITS.lines),
    ).toEqual([]);
  });

  it('shows no option, name or concern on its first line', () => {
    const leaks = withinPerson.filter(({ data, privately }) => {
      const first = privately.split('\n')[0] ?? '';
      return stringsIn(data).some(
        ({ field, value }) => SENSITIVE.has(field) && first.includes(value.slice(0, 4)),
      );
    });
    expect(leaks.map(({ name, privately }) => `${name}: ${privately}`)).toEqual([]);
  });
});

describe('the voice', () => {
  it('uses no banned word', () => {
    expect(
      failures(rendered, ({ message, privately }) => !BANNED.test(message) && !BANNED.test(privately)),
    ).toEqual([]);
  });

  it('has no exclamation mark, wave or emoji', () => {
    // The light shapes are plain geometric signs, not pictures.
    const loud = /[!！~～]|(?![●▲■□])\p{Extended_Pictographic}/u;
    expect(failures(rendered, ({ message }) => !loud.test(message))).toEqual([]);
  });

  it('says 您 to residents only', () => {
    const staff = rendered.filter(({ text }) => text.to.every((to) => to === 'S' || to === 'D'));
    expect(failures(staff, ({ message }) => !/[您你]/u.test(message))).toEqual([]);
    expect(failures(rendered, ({ message }) => !message.includes('你'))).toEqual([]);
  });

  it('says 我 only in the welcome', () => {
    const others = rendered.filter(({ text }) => text.key !== 'group.welcome');
    expect(failures(others, ({ message }) => !/我(?!也一样)/u.test(message))).toEqual([]);
  });

  it('offers bare digits for ballots only', () => {
    const others = rendered.filter(({ text }) => !ABOUT_BALLOTS.test(text.key));
    expect(
      failures(others, ({ message, privately }) => !offersBareDigit(message) && !offersBareDigit(privately)),
    ).toEqual([]);
    expect(offersBareDigit(pollTexts.opened(pollTexts.opened.shortest))).toBe(true);
  });

  it('never says 明天 or 今天 in a broadcast without the date', () => {
    expect(
      failures(
        of('B').filter(({ text }) => text.whole === undefined),
        ({ message }) => !/[今明]天(?!】?\d+月|开：\d+月)/u.test(message),
      ),
    ).toEqual([]);
  });
});
