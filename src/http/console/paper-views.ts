import { Router } from 'express';

import { definedFields } from '#core/decision';
import type { MediaStore } from '#core/media';
import { paperMediaPlace, type PaperEntry } from '#core/paper';

import { idParams, paperParams } from '../contract.ts';
import type { Page } from '../contract-views.ts';
import type { PaperRow } from '../contract-roster.ts';
import { notFound, parseInput } from '../problems.ts';
import type { AsSecretary } from './routes.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

interface PaperDeps {
  readonly stores: Pick<ConsoleStores, 'polls' | 'papers' | 'people'>;
  readonly media: Pick<MediaStore, 'get'>;
}

const MOST_SHOWN = 500;

/** What staff entered in a poll, and the photos of it: for secretaries of its place alone. */
export function paperRoutes(deps: PaperDeps, secretary: AsSecretary): Router {
  const router = Router();
  router.get('/polls/:id/papers', async (request, response) => {
    const { id } = parseInput(idParams, request.params);
    response.json(await paperList(deps, await secretary(request), id));
  });
  router.get('/polls/:id/papers/:paperId/photo', async (request, response) => {
    const viewer = await secretary(request);
    const { id, paperId } = parseInput(paperParams, request.params);
    const entry = await deps.stores.papers.byId(paperId);
    const isSeen = entry?.pollId === id && viewer.placeIds.includes(entry.placeId);
    const media = isSeen && entry.photo ? await deps.media.get(entry.photo.mediaId) : undefined;
    if (!media || media.placeId !== paperMediaPlace(entry?.placeId ?? '')) throw notFound();
    response.set('Cache-Control', 'private, no-store').type(media.mime).send(Buffer.from(media.bytes));
  });
  return router;
}

async function paperList({ stores }: PaperDeps, viewer: Viewer, pollId: string): Promise<Page<PaperRow>> {
  const poll = await stores.polls.byId(pollId);
  if (!poll || !viewer.placeIds.includes(poll.placeId)) throw notFound();
  const entries = await stores.papers.ofPoll(pollId, MOST_SHOWN);
  const people = await stores.people.byIds(entries.map(({ enteredById }) => enteredById));
  return { items: entries.map((entry) => paperRow(entry, people.get(entry.enteredById)?.name ?? '')) };
}

function paperRow(entry: PaperEntry, enteredBy: string): PaperRow {
  const { id, pollId, placeId, label, note, isCounted } = entry;
  const place = new URLSearchParams({ place: placeId }).toString();
  const photo = `/api/console/polls/${encodeURIComponent(pollId)}/papers/${encodeURIComponent(id)}/photo?${place}`;
  return {
    id,
    label,
    path: entry.path as PaperRow['path'],
    at: entry.at.toISOString(),
    enteredAt: entry.enteredAt.toISOString(),
    enteredBy,
    isCounted,
    ...definedFields({ note, photo: entry.photo && photo }),
  };
}
