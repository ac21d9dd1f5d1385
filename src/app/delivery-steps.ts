import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { NOTHING, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { AsideRow, OutboxOperations } from '#core/outbox-operations';
import type { GroupStore, PlaceStore } from '#core/people';
import { systemTexts } from '#texts/system-texts';

import type { StepInput } from '../http/contract.ts';

export interface DeliveryDeps {
  readonly outboxOperations: OutboxOperations;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
}

/**
 * Sends held and failed messages again, or takes the secretary's word that they arrived. Only those of the secretary's
 * place and below; any other makes the whole step be answered as if there were nothing to do.
 */
export async function redrive(
  deps: DeliveryDeps,
  actor: Actor,
  { outboxIds, action }: StepInput<'delivery.redrive'>,
): Promise<Decision> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '重发' }));
  const { outboxOperations, places } = deps;
  const rows = await outboxOperations.asideByIds(outboxIds);
  const reach = new Set(await places.subtreeIds(actor.place.id));
  const owners = await Promise.all(rows.map((row) => placeOf(deps, row)));
  if (rows.length === 0 || owners.some((placeId) => placeId === undefined || !reach.has(placeId)))
    throw settledAlready();
  const ids = rows.map(({ id }) => id);
  const done =
    action === 'resend'
      ? await outboxOperations.redriveMany(ids, actor.now)
      : await outboxOperations.confirmMany(ids, actor.now);
  if (done === 0) throw settledAlready();
  return { ...NOTHING, summary: summaryOf(action, done), audit: [auditOf(actor, action, done)] };
}

/** Rows from before they named their place are judged by their group. */
async function placeOf({ groups }: DeliveryDeps, row: AsideRow): Promise<string | undefined> {
  if (row.placeId !== undefined || row.groupId === undefined) return row.placeId;
  return (await groups.byId(row.groupId))?.placeId;
}

function summaryOf(action: 'resend' | 'drop', count: number): string {
  if (count === 1) return action === 'resend' ? '正在重发' : '已记为送到';
  return action === 'resend' ? `正在重发${count}条` : `${count}条已记为送到`;
}

function auditOf(actor: Actor, action: 'resend' | 'drop', count: number) {
  return {
    placeId: actor.place.id,
    action: action === 'resend' ? 'delivery.resent' : 'delivery.confirmed',
    actorId: actor.person.id,
    subjectId: actor.requestId,
    at: actor.now,
    facts: { count },
  };
}

function settledAlready(): UserError {
  return new UserError('delivery.settled', '这一条已经不用处理了，看一下最新的。');
}
