import { definedFields } from '#core/decision';

import type { DeliveryRow } from '../contract-delivery.ts';
import { groupNames } from './concern-views.ts';
import type { ConsoleStores } from './stores.ts';

/** Chinese cause and cure for a vendor's reason; from the catalogue. */
export type ExplainFailure = (reason: string) => { cause: string; cure: string };

/** Proof of delivery, one row a message and group, the earliest first. */
export async function deliveryRows(
  stores: ConsoleStores,
  explain: ExplainFailure,
  subjectId: string,
): Promise<DeliveryRow[]> {
  const rows = await stores.delivery.bySubject(subjectId);
  const names = await groupNames(
    stores,
    rows.flatMap(({ groupId }) => groupId ?? []),
  );
  const inOrder = [...rows].sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
  return inOrder.map(({ id, groupId, word, reason, about, at }) => ({
    outboxId: id,
    groupName: groupId === undefined ? '一对一' : (names.get(groupId) ?? ''),
    word,
    ...(word !== 'delivered' && reason !== undefined && explain(reason)),
    ...definedFields({ about, at: at?.toISOString() }),
  }));
}
