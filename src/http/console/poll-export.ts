import { Router, type Request } from 'express';

import type { Poll } from '#core/poll';
import type { PollExport } from '#src/proof/export-format';

import { idParams } from '../contract.ts';
import { notFound, parseInput } from '../problems.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

/** A counted poll as anybody may check it; undefined before it was counted. */
export type ExportPoll = (poll: Poll) => Promise<PollExport | undefined>;

interface ExportDeps {
  readonly stores: Pick<ConsoleStores, 'polls'>;
  readonly exportPoll: ExportPoll;
}

/** Files of a counted poll, for secretaries of its place and above; there are no names in them. */
export function pollExportRoutes(deps: ExportDeps, secretary: (request: Request) => Promise<Viewer>): Router {
  const router = Router();
  router.get('/polls/:id/export.json', async (request, response) => {
    const { poll, data } = await exported(deps, await secretary(request), request);
    response.attachment(`yishi-${poll.topicNumber}.json`).json(data);
  });
  return router;
}

async function exported(deps: ExportDeps, viewer: Viewer, request: Request) {
  const { id } = parseInput(idParams, request.params);
  const poll = await deps.stores.polls.byId(id);
  const data = poll && viewer.placeIds.includes(poll.placeId) ? await deps.exportPoll(poll) : undefined;
  if (!poll || !data) throw notFound();
  return { poll, data };
}
