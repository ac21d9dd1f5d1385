import type { Household } from '#core/roster';

/** The household with this person known as that resident. */
export function linkedResident(household: Household, residentId: string, personId: string): Household {
  return withPersons(household, residentId, (personIds) => [...new Set([...personIds, personId])].sort());
}

/** The household with this person not known as that resident any more. */
export function unlinkedResident(household: Household, residentId: string, personId: string): Household {
  return withPersons(household, residentId, (personIds) => personIds.filter((id) => id !== personId));
}

function withPersons(
  household: Household,
  residentId: string,
  change: (personIds: readonly string[]) => readonly string[],
): Household {
  const residents = household.residents.map((resident) =>
    resident.id === residentId ? { ...resident, personIds: change(resident.personIds) } : resident,
  );
  return { ...household, residents };
}
