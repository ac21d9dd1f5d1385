import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoment } from '#language/dates';
import { parseDeadline } from '#language/deadline';

const ZONE = 'Asia/Shanghai';
/** A Friday. */
const now = new Date('2026-12-04T10:00:00+08:00');
const read = (text: string): string | undefined => {
  const found = parseDeadline(text, now, ZONE);
  return found && formatMoment(found.at, now, ZONE);
};

describe('parseDeadline', () => {
  it.each([
    ['12月20日', '12月20日（周日）18:00'],
    ['12月20号', '12月20日（周日）18:00'],
    ['12月20日18:00', '12月20日（周日）18:00'],
    ['１２月２０日　１９：３０', '12月20日（周日）19:30'],
    ['十二月二十日', '12月20日（周日）18:00'],
    ['十二月二十日晚上七點半', '12月20日（周日）19:30'],
    ['12/20', '12月20日（周日）18:00'],
    ['12.20', '12月20日（周日）18:00'],
    ['12-20 9:05', '12月20日（周日）9:05'],
    ['2026-12-31', '12月31日（周四）18:00'],
    ['2027年1月5日', '2027年1月5日（周二）18:00'],
    ['二〇二七年一月五日', '2027年1月5日（周二）18:00'],
    ['明年1月5日', '2027年1月5日（周二）18:00'],
    ['20号', '12月20日（周日）18:00'],
    ['下个月5号', '2027年1月5日（周二）18:00'],
    ['月底', '12月31日（周四）18:00'],
    ['下月底', '2027年1月31日（周日）18:00'],
    ['今天', '12月4日（周五）18:00'],
    ['明天', '12月5日（周六）18:00'],
    ['後天上午', '12月6日（周日）12:00'],
    ['大后天', '12月7日（周一）18:00'],
    ['今晚8点', '12月4日（周五）20:00'],
    ['明早', '12月5日（周六）9:00'],
    ['周五', '12月4日（周五）18:00'],
    ['周三', '12月9日（周三）18:00'],
    ['下週三', '12月9日（周三）18:00'],
    ['下下周一', '12月14日（周一）18:00'],
    ['本周日中午', '12月6日（周日）12:00'],
    ['礼拜天', '12月6日（周日）18:00'],
    ['下午3点半', '12月4日（周五）15:30'],
    ['下午三点一刻', '12月4日（周五）15:15'],
    ['3点', '12月4日（周五）15:00'],
    ['晚上7点', '12月4日（周五）19:00'],
    ['晚上12点', '12月5日（周六）0:00'],
    ['凌晨12点', '12月5日（周六）0:00'],
    ['中午1点', '12月4日（周五）13:00'],
    ['9:00', '12月5日（周六）9:00'],
    ['明天24:00', '12月6日（周日）0:00'],
    ['3天后', '12月7日（周一）18:00'],
    ['三天之内', '12月7日（周一）18:00'],
    ['两周内', '12月18日（周五）18:00'],
    ['5个工作日内', '12月11日（周五）18:00'],
    ['一个月内', '2027年1月4日（周一）18:00'],
    ['半个月后', '12月19日（周六）18:00'],
    ['半小时后', '12月4日（周五）10:30'],
    ['2小时后', '12月4日（周五）12:00'],
  ])('reads %s as %s', (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each([
    '',
    '你好',
    '3号楼',
    '3天',
    '2月30日',
    '13月1日',
    '25:00',
    '12:61',
    '昨天',
    '下周',
    '12.20.1',
    '9999999天后',
    '0天后',
  ])('finds no date in %j', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['至12月20日 供暖前完成', '供暖前完成'],
    ['到明天下午5点之前，等材料', '等材料'],
    ['延期至 12月20日：理由', '理由'],
    ['截止到12月20日晚上八点前 缺ＡＢ材料', '缺ＡＢ材料'],
    ['12月20日18:00截止', ''],
    ['3天后3号楼', '3号楼'],
  ])('gives back what follows in %j', (text, rest) => {
    expect(parseDeadline(text, now, ZONE)?.rest).toBe(rest);
  });

  it('rolls a day that is past this year into the next one that has it', () => {
    expect(read('11月30日')).toBe('2027年11月30日（周二）18:00');
    expect(read('3号')).toBe('2027年1月3日（周日）18:00');
    expect(read('2月29日')).toBe('2028年2月29日（周二）18:00');
  });

  it('means the end of today when the usual hour has passed', () => {
    const evening = new Date('2026-12-04T20:00:00+08:00');

    expect(parseDeadline('今天', evening, ZONE)?.at).toEqual(new Date('2026-12-04T23:59:00+08:00'));
    expect(parseDeadline('12月4日', evening, ZONE)?.at).toEqual(new Date('2026-12-04T23:59:00+08:00'));
  });

  it('takes the usual hour, the calendar and the zone from the caller', () => {
    const overrides = { holidays: ['2026-12-07'], workdays: [] };

    expect(parseDeadline('明天', now, ZONE, { defaultHour: 20 })?.at).toEqual(
      new Date('2026-12-05T20:00:00+08:00'),
    );
    expect(parseDeadline('明天', now, 'UTC')?.at).toEqual(new Date('2026-12-05T18:00:00Z'));
    expect(parseDeadline('1个工作日内', now, ZONE, { overrides })?.at).toEqual(
      new Date('2026-12-08T18:00:00+08:00'),
    );
    expect(() => parseDeadline('明天', now, 'Asia/Nowhere')).toThrow(RangeError);
  });

  it('reads back every day that is written out', () => {
    fc.assert(
      fc.property(
        fc.date({ min: now, max: new Date('2027-12-01T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom('', '至', '到', '截止'),
        (date, prefix) => {
          const minute = new Date(Math.floor(date.getTime() / 60_000) * 60_000 + 60_000);
          const text = `${prefix}${formatMoment(minute, now, ZONE).replace(/（周.）/, '')}`;
          expect(parseDeadline(text, now, ZONE)).toEqual({ at: minute, rest: '' });
        },
      ),
      { numRuns: 300 },
    );
  });
});
