import { Router, type Request } from 'express';

import type { MediaStore } from '#core/media';
import type { Poll } from '#core/poll';

import { idParams, listQuery } from '../contract.ts';
import type { MeAnswer } from '../contract-views.ts';
import { notFound, parseInput } from '../problems.ts';
import { assignmentDetail, assignmentList, type LightOf } from './assignment-views.ts';
import { concernDetail, concernList } from './concern-views.ts';
import { meetingDetail, meetingList, pollDetail, pollList } from './consultation-views.ts';
import type { ExplainFailure } from './delivery-views.ts';
import { groupList, noticeDetail, noticeList } from './notice-views.ts';
import { asideList, machineryView, type OperationsDeps } from './operations-views.ts';
import { pollExportRoutes, type PollFiles } from './poll-export.ts';
import { paperRoutes } from './paper-views.ts';
import { peopleList } from './people-views.ts';
import { rosterRoutes } from './roster-views.ts';
import { stepRoutes, type StepDeps } from './steps.ts';
import type { ConsoleStores } from './stores.ts';
import { today, type ReadEcho } from './today-view.ts';
import { topicDetail, topicList } from './topic-views.ts';
import { requireSecretary, viewerOf, type Viewer } from './viewer.ts';
import { votersAt } from './voter-views.ts';

export interface ConsoleDeps
  extends
    Omit<StepDeps, 'viewer'>,
    PollFiles,
    Pick<OperationsDeps, 'outboxOperations' | 'laneGroups' | 'standing'> {
  readonly stores: ConsoleStores;
  readonly media: MediaStore;
  readonly lightOf: LightOf;
  readonly echo: ReadEcho;
  readonly explain: ExplainFailure;
  readonly demo: boolean;
  /** The whole address of a poll's page. */
  readonly voteLink: (poll: Poll) => string | undefined;
  /** An .xlsx file with the columns of a roster. */
  readonly rosterTemplate: () => Promise<Uint8Array>;
}

/** The console's API. Every answer is cut to the viewer's place; only assignments are open to other officers. */
export function consoleRoutes(deps: ConsoleDeps): Router {
  const router = Router();
  const viewer = (request: Request) => viewerOf(deps.stores, request);
  const secretary = async (request: Request) => {
    const seen = await viewer(request);
    requireSecretary(seen);
    return seen;
  };
  router.get('/me', async (request, response) => {
    response.json(await me(deps, await viewer(request)));
  });
  router.get('/today', async (request, response) => {
    response.json(await today(deps, await viewer(request), deps.now()));
  });
  router.get('/assignments', async (request, response) => {
    response.json(
      await assignmentList(deps, await viewer(request), parseInput(listQuery, request.query), deps.now()),
    );
  });
  router.get('/assignments/:id', async (request, response) => {
    const { id } = parseInput(idParams, request.params);
    response.json(await assignmentDetail(deps, await viewer(request), id, deps.now()));
  });
  router.get('/media/:id', async (request, response) => {
    const seen = await viewer(request);
    const media = await deps.media.get(request.params.id);
    if (!media || !seen.placeIds.includes(media.placeId)) throw notFound();
    response.set('Cache-Control', 'private, max-age=86400').type(media.mime).send(Buffer.from(media.bytes));
  });
  router.use(secretaryRoutes(deps, secretary));
  router.use(stepRoutes({ ...deps, viewer }));
  return router;
}

export type AsSecretary = (request: Request) => Promise<Viewer>;

function secretaryRoutes(deps: ConsoleDeps, secretary: AsSecretary): Router {
  const { stores } = deps;
  const router = Router();
  router.get('/concerns', async (request, response) => {
    response.json(
      await concernList(stores, await secretary(request), parseInput(listQuery, request.query), deps.now()),
    );
  });
  router.get('/topics', async (request, response) => {
    response.json(await topicList(stores, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/polls', async (request, response) => {
    response.json(await pollList(stores, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/meetings', async (request, response) => {
    response.json(await meetingList(stores, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/notices', async (request, response) => {
    response.json(await noticeList(stores, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/people', async (request, response) => {
    response.json(await peopleList(stores, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/groups', async (request, response) => {
    response.json(await groupList(stores, await secretary(request)));
  });
  router.use(rosterRoutes(deps, secretary));
  router.get('/operations/aside', async (request, response) => {
    response.json(await asideList(deps, await secretary(request), parseInput(listQuery, request.query)));
  });
  router.get('/operations/machinery', async (request, response) => {
    response.json(await machineryView(deps, await secretary(request)));
  });
  router.use(paperRoutes(deps, secretary));
  router.use(detailRoutes(deps, secretary));
  router.use(pollExportRoutes(deps, secretary));
  return router;
}

function detailRoutes(deps: ConsoleDeps, secretary: AsSecretary): Router {
  const details = {
    concerns: (viewer: Viewer, id: string) => concernDetail(deps.stores, viewer, id, deps.now()),
    topics: (viewer: Viewer, id: string) => topicDetail(deps, viewer, id, deps.now()),
    polls: (viewer: Viewer, id: string) => pollDetail(deps, viewer, id),
    meetings: (viewer: Viewer, id: string) => meetingDetail(deps, viewer, id),
    notices: (viewer: Viewer, id: string) => noticeDetail(deps, viewer, id),
  };
  const router = Router();
  router.get('/polls/:id/voters', async (request, response) => {
    const { id } = parseInput(idParams, request.params);
    const { search } = parseInput(listQuery, request.query);
    response.json(await votersAt(deps.stores, await secretary(request), id, search));
  });
  for (const [path, detail] of Object.entries(details)) {
    router.get(`/${path}/:id`, async (request, response) => {
      const { id } = parseInput(idParams, request.params);
      response.json(await detail(await secretary(request), id));
    });
  }
  return router;
}

async function me(deps: ConsoleDeps, viewer: Viewer): Promise<MeAnswer> {
  const held = await Promise.all(
    viewer.person.offices.map((office) => deps.stores.places.subtreeIds(office.placeId)),
  );
  const ids = [...new Set(held.flat())];
  const places = await Promise.all(ids.map((placeId) => deps.stores.places.byId(placeId)));
  return {
    person: { id: viewer.person.id, name: viewer.person.name },
    roles: viewer.roles,
    place: { id: viewer.place.id, name: viewer.place.name },
    places: places.flatMap((place) => (place ? [{ id: place.id, name: place.name }] : [])),
    demo: deps.demo,
    now: deps.now().toISOString(),
  };
}
