import { Router, type Request } from 'express';

import type { AuditEntry } from '#core/audit';
import type { Poll } from '#core/poll';
import type { PollExport } from '#src/proof/export-format';

import { idParams } from '../contract.ts';
import { notFound, parseInput } from '../problems.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

/** The files of a counted poll; undefined before it was counted. */
export interface PollFiles {
  /** As anybody may check it. */
  readonly exportPoll: (poll: Poll) => Promise<PollExport | undefined>;
  /** An .xlsx file for the office. */
  readonly pollTable: (poll: Poll) => Promise<Uint8Array | undefined>;
  /** Resolves when it is in the audit log. */
  readonly record: (entry: AuditEntry) => Promise<void>;
}

interface ExportDeps extends PollFiles {
  readonly stores: Pick<ConsoleStores, 'polls'>;
  readonly now: () => Date;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Files of a counted poll, for secretaries of its place and above; who took which stands in the audit log. */
export function pollExportRoutes(deps: ExportDeps, secretary: (request: Request) => Promise<Viewer>): Router {
  const router = Router();
  router.get('/polls/:id/export.json', async (request, response) => {
    const { poll, file } = await taken(deps, await secretary(request), request, {
      form: 'json',
      make: deps.exportPoll,
    });
    response.attachment(`yishi-${poll.topicNumber}.json`).json(file);
  });
  router.get('/polls/:id/export.xlsx', async (request, response) => {
    const { poll, file } = await taken(deps, await secretary(request), request, {
      form: 'xlsx',
      make: deps.pollTable,
    });
    response.attachment(`yishi-${poll.topicNumber}.xlsx`).type(XLSX).send(Buffer.from(file));
  });
  return router;
}

interface Wanted<File> {
  readonly form: 'json' | 'xlsx';
  readonly make: (poll: Poll) => Promise<File | undefined>;
}

async function taken<File>(
  { stores, now, record }: ExportDeps,
  viewer: Viewer,
  request: Request,
  { form, make }: Wanted<File>,
): Promise<{ readonly poll: Poll; readonly file: File }> {
  const { id } = parseInput(idParams, request.params);
  const poll = await stores.polls.byId(id);
  const file = poll && viewer.placeIds.includes(poll.placeId) ? await make(poll) : undefined;
  if (!poll || file === undefined) throw notFound();
  const { placeId } = poll;
  await record({
    placeId,
    action: 'poll.exported',
    actorId: viewer.person.id,
    subjectId: id,
    at: now(),
    facts: { form },
  });
  return { poll, file };
}
