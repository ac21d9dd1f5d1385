import { describe, expect, it } from 'vitest';
import { formatDay, formatDuration, formatMoment, formatRange } from '#language/dates';

const ZONE = 'Asia/Shanghai';
const now = new Date('2026-12-04T10:00:00+08:00');
const at = (iso: string): Date => new Date(`${iso}+08:00`);

describe('formatDay', () => {
  it('names the weekday and leaves this year out', () => {
    expect(formatDay(at('2026-12-04T00:00'), now, ZONE)).toBe('12月4日（周五）');
    expect(formatDay(at('2026-12-20T23:59'), now, ZONE)).toBe('12月20日（周日）');
  });

  it('names another year', () => {
    expect(formatDay(at('2027-01-04T08:00'), now, ZONE)).toBe('2027年1月4日（周一）');
  });

  it('means the day in the given zone', () => {
    expect(formatDay(new Date('2026-12-31T17:00:00Z'), now, ZONE)).toBe('2027年1月1日（周五）');
    expect(formatDay(new Date('2026-12-31T17:00:00Z'), now, 'UTC')).toBe('12月31日（周四）');
  });

  it('throws for a date or a zone that does not exist', () => {
    expect(() => formatDay(new Date(NaN), now, ZONE)).toThrow(RangeError);
    expect(() => formatDay(now, now, 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('formatMoment', () => {
  it('uses the 24-hour clock', () => {
    expect(formatMoment(at('2026-12-20T18:00'), now, ZONE)).toBe('12月20日（周日）18:00');
    expect(formatMoment(at('2026-12-08T07:05'), now, ZONE)).toBe('12月8日（周二）7:05');
  });
});

describe('formatRange', () => {
  it.each([
    ['2026-12-23T09:00', '2026-12-27T18:00', '12月23日至27日'],
    ['2026-11-28T09:00', '2026-12-02T18:00', '11月28日至12月2日'],
    ['2026-12-30T09:00', '2027-01-03T18:00', '12月30日至2027年1月3日'],
    ['2027-01-03T09:00', '2027-02-03T18:00', '2027年1月3日至2月3日'],
    ['2026-12-23T09:00', '2026-12-23T18:00', '12月23日'],
  ])('writes %s to %s as %s', (from, to, written) => {
    expect(formatRange(at(from), at(to), now, ZONE)).toBe(written);
  });
});

describe('formatDuration', () => {
  const minutes = 60_000;
  it.each([
    [0, '不到1分钟'],
    [59_999, '不到1分钟'],
    [40 * minutes, '40分钟'],
    [120 * minutes, '2小时'],
    [150 * minutes, '2小时30分钟'],
    [299 * minutes, '4小时'],
    [28 * 60 * minutes, '1天4小时'],
    [72 * 60 * minutes, '3天'],
    [-120 * minutes, '2小时'],
  ])('writes %d ms as %s', (ms, written) => {
    expect(formatDuration(ms)).toBe(written);
  });
});
