import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { atHour } from '#procedure/local-time';

const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'Asia/Kathmandu', 'America/New_York', 'UTC');

it('gives the same wall-clock time for any moment, asked once or often', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      zones,
      fc.integer({ min: -10, max: 60 }),
      fc.integer({ min: 0, max: 23 }),
      (date, zone, days, hour) => {
        const expected = DateTime.fromJSDate(date, { zone })
          .plus({ days })
          .startOf('day')
          .set({ hour })
          .toJSDate();

        expect(atHour(date, zone, days, hour)).toEqual(expected);
        const soon = new Date(Math.floor(date.getTime() / 900_000) * 900_000);
        expect(atHour(soon, zone, days, hour)).toEqual(expected);
        expect(atHour(date, zone, days, hour)).not.toBe(atHour(date, zone, days, hour));
      },
    ),
  );
});
