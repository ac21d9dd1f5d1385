import { definedFields } from '#core/decision';
import type { Notice } from '#core/notice';

import type { GroupRow, NoticeDetail, NoticeRow, Page } from '../contract-views.ts';
import { notFound } from '../problems.ts';
import { deliveryRows, type ExplainFailure } from './delivery-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

export async function noticeList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: { after?: string | undefined; limit: number },
): Promise<Page<NoticeRow>> {
  const page = await stores.notices.list({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ after: query.after }),
  });
  const items = await Promise.all(page.items.map((notice) => noticeRow(stores, notice)));
  return { items, ...(page.next !== undefined && { next: page.next }) };
}

async function noticeRow(stores: ConsoleStores, notice: Notice): Promise<NoticeRow> {
  const proof = await stores.delivery.bySubject(notice.id);
  const sendAt = notice.sentAt ?? notice.sendAt;
  return {
    id: notice.id,
    number: notice.number,
    text: notice.text,
    state: notice.state,
    createdAt: notice.createdAt.toISOString(),
    groups: notice.groupIds.length,
    delivered: proof.filter(({ word }) => word === 'delivered' || word === 'handedOver').length,
    failed: proof.filter(({ word }) => word === 'failed' || word === 'uncertain').length,
    ...definedFields({ sendAt: sendAt?.toISOString() }),
  };
}

export async function noticeDetail(
  deps: { stores: ConsoleStores; explain: ExplainFailure },
  viewer: Viewer,
  id: string,
): Promise<NoticeDetail> {
  const { stores, explain } = deps;
  const notice = await stores.notices.byId(id);
  if (!notice || !viewer.placeIds.includes(notice.placeId)) throw notFound();
  const [row, people, members, delivery] = await Promise.all([
    noticeRow(stores, notice),
    stores.people.byIds([notice.createdById]),
    stores.groups.memberIds(notice.groupIds),
    deliveryRows(stores, explain, notice.id),
  ]);
  return {
    ...row,
    expiresAt: notice.expiresAt.toISOString(),
    createdBy: people.get(notice.createdById)?.name ?? '',
    urgent: notice.urgent,
    people: members.length,
    delivery,
    revision: notice.revision,
    ...(notice.state === 'prepared' && { confirmCode: notice.confirmCode }),
  };
}

export async function groupList(stores: ConsoleStores, viewer: Viewer): Promise<Page<GroupRow>> {
  const perPlace = await Promise.all(viewer.placeIds.map((placeId) => stores.groups.inPlace(placeId)));
  const items = await Promise.all(
    perPlace.flat().map(async (group) => ({
      id: group.id,
      name: group.name,
      kind: group.kind,
      channel: group.conversation.channel,
      members: (await stores.groups.memberIds([group.id])).length,
      ...definedFields({ unit: group.unit }),
    })),
  );
  return { items };
}
