import { expect, it } from 'vitest';
import { planImport } from '#handlers/roster/plan-import';
import { rosterTemplate } from '#src/app/roster-steps';
import { readTable } from '#src/tables/read-table';

it('the template has columns that the import understands, and no row of its own', async () => {
  const read = await readTable(await rosterTemplate());
  const [header = []] = 'table' in read ? read.table.rows : [];
  const plan = planImport(
    'place:xfl',
    [header, ['3', '2', '501', '王芳', '1234', '是', '89.52']],
    [],
    'keep',
  );
  expect(plan?.unread).toEqual([]);
  expect(plan?.columns).toHaveLength(header.length);
  expect(plan?.save).toMatchObject([{ areaCents: 8952, residents: [{ phoneTail: '1234', isOwner: true }] }]);
  expect('table' in read && read.table.rows).toHaveLength(1);
});
