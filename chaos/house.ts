import type { ReplicaSet } from '../scripts/mongo/replica-set.ts';
import { openTown, type Town, type TownWishes } from './town.ts';

/** What a scenario is played in: the replica set, and towns with a database of their own. */
export interface House {
  readonly set: ReplicaSet;
  openTown(wishes: Omit<TownWishes, 'program' | 'uri'> & { readonly uri?: string }): Promise<Town>;
  /** Ends what a scenario left running: a broken one may have left anything. */
  tidy(): Promise<void>;
}

export function createHouse(set: ReplicaSet, program: string): House {
  const towns: Town[] = [];
  return {
    set,
    async openTown(wishes) {
      const dbName = `chaos_${wishes.name.replaceAll(/\W/gu, '_')}`;
      const town = await openTown({ program, uri: set.uri(dbName), ...wishes });
      towns.push(town);
      return town;
    },
    async tidy() {
      for (const member of set.members) {
        if (member.isRunning) member.resume();
        else await member.start();
      }
      await set.primary();
      await Promise.all(towns.splice(0).map((town) => town.close()));
    },
  };
}
