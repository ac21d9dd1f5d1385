import type { Actor } from './command.ts';
import { UserError } from './errors.ts';
import type { Role } from './people.ts';

/**
 * The first line of every use case: deny by default. Throws `UserError('role.wrong')` with the given Chinese reply
 * unless the actor holds one of the roles in the place the step belongs to. `admin` may do what a secretary may.
 */
export function requireRole(actor: Actor, roles: readonly Role[], reply: string): void {
  const held = actor.roles.includes('admin') ? [...actor.roles, 'secretary' as const] : actor.roles;
  if (!roles.some((role) => held.includes(role))) throw new UserError('role.wrong', reply);
}

/**
 * Refuses things of another place as if they did not exist, so that nothing can be learned about them. Throws
 * `UserError('number.unknown')`.
 */
export function requirePlace<Thing extends { placeId: string }>(
  actor: Actor,
  thing: Thing | undefined,
  reply: string,
): Thing {
  if (!thing || thing.placeId !== actor.place.id) throw new UserError('number.unknown', reply);
  return thing;
}
