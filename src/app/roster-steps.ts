import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { UserError } from '#core/errors';
import type { Table } from '#core/table';
import { ROSTER_FIELD_WORDS, ROSTER_TEMPLATE, TABLE_FAULT_WORDS } from '#texts/roster-texts';
import { systemTexts } from '#texts/system-texts';

import { readTable } from '../tables/read-table.ts';
import { writeTable } from '../tables/write-table.ts';
import type { PreviewTable, StepTable } from '../http/console/steps.ts';
import type { Features } from './features.ts';

type UseCases = Pick<Features['useCases'], 'roster'>;

/** Lists shown in a preview; the counts beside them tell of all. */
const MOST_CHANGES = 200;
const MOST_PROBLEMS = 1_000;

/** The console's steps of the roster: a file becomes rows here, before any rule looks at it. */
export function createRosterSteps({ roster }: UseCases) {
  return {
    'roster.import': async (actor, { data, absent, basis }) => {
      const { rows } = await tableOf(actor, data);
      return roster.importRoster(actor, { rows, absent, basis });
    },
    'roster.decide': (actor, input) => roster.decide(actor, input),
    'roster.saveList': (actor, input) => roster.saveList(actor, input),
    'roster.unlinkIdentities': (actor, input) => roster.unlinkIdentities(actor, input),
    'roster.link': (actor, input) => roster.link(actor, input),
    'roster.unlink': (actor, input) => roster.unlink(actor, input),
  } satisfies Partial<StepTable>;
}

export function createRosterPreviews({ roster }: UseCases) {
  return {
    'roster.import': async (actor, { data, absent }) => {
      const table = await tableOf(actor, data);
      const plan = await roster.previewImport(actor, { rows: table.rows, absent });
      const count = (kind: string) => plan.changes.filter((change) => change.kind === kind).length;
      return {
        columns: plan.columns.map(({ field, header }) => ({ word: ROSTER_FIELD_WORDS[field], header })),
        unread: plan.unread,
        rows: plan.rows,
        new: count('new'),
        changed: count('changed'),
        gone: count('gone'),
        same: plan.same,
        isCut: table.isCut,
        // What is taken away or changed is looked at before what is new.
        changes: ['gone', 'changed', 'new']
          .flatMap((kind) => plan.changes.filter((change) => change.kind === kind))
          .slice(0, MOST_CHANGES),
        problems: plan.problems.slice(0, MOST_PROBLEMS),
        problemCount: plan.problems.length,
        basis: plan.basis,
      };
    },
  } satisfies Partial<PreviewTable>;
}

/** Nobody's file is unpacked who may not import one. */
async function tableOf(actor: Actor, data: string): Promise<Table> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '导入名册' }));
  const read = await readTable(Buffer.from(data, 'base64'));
  if ('table' in read) return read.table;
  throw new UserError('roster.file', TABLE_FAULT_WORDS[read.fault]);
}

/** An .xlsx file to fill in, with a second sheet that says how. */
export function rosterTemplate(): Promise<Uint8Array> {
  return writeTable([
    { name: '名册', rows: [ROSTER_TEMPLATE.header], widths: [8, 8, 10, 12, 12, 10, 10] },
    { name: '说明', rows: ROSTER_TEMPLATE.notes, widths: [14, 60] },
  ]);
}
