import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { afterQuietHours, isQuiet } from '#procedure/quiet-hours';

const zone = 'Asia/Shanghai';
const at = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();

it.each([
  ['2026-12-07T21:59:59', '2026-12-07T21:59:59'],
  ['2026-12-07T22:00', '2026-12-08T07:00'],
  ['2026-12-07T23:59', '2026-12-08T07:00'],
  ['2026-12-08T00:00', '2026-12-08T07:00'],
  ['2026-12-08T06:59:59', '2026-12-08T07:00'],
  ['2026-12-08T07:00', '2026-12-08T07:00'],
  ['2026-12-31T22:30', '2027-01-01T07:00'],
])('what would go out at %s goes out at %s', (wanted, expected) => {
  expect(afterQuietHours(at(wanted), zone)).toEqual(at(expected));
  expect(isQuiet(at(wanted), zone)).toBe(wanted !== expected);
});
