import type { Connection, mongo } from 'mongoose';
import type { Write } from '#core/decision';
import { groupBy } from '#core/group-by';
import type {
  Household,
  HouseholdQuery,
  Resident,
  RoomAddress,
  RosterStore,
  RosterSummary,
} from '#core/roster';
import { collectionOf } from './collection.ts';
import { householdsCollection, type HouseholdDocument } from './households.ts';

const ORDER = { order: 1, _id: 1 } as const;
const PRESENT = { isGone: { $ne: true } } as const;
const NUMBER_WIDTH = 6;

export function createRosterStore(connection: Connection): RosterStore {
  const households = collectionOf(connection, householdsCollection);
  const find = async (filter: mongo.Filter<HouseholdDocument>, limit = 0) => {
    const cursor = households.find({ ...filter, ...PRESENT });
    return (await cursor.sort(ORDER).limit(limit).toArray()).map((document) => householdOf(document));
  };
  return {
    byIds: (ids) => find({ _id: { $in: [...ids] } }),
    ofPlace: (placeId) => find({ placeId }),
    ofPersons: (personIds) => find({ 'residents.personIds': { $in: [...personIds] } }),
    async page(query) {
      const found = await find(pageFilter(query), query.limit + 1);
      const items = found.slice(0, query.limit);
      const last = items.at(-1);
      return found.length > query.limit && last ? { items, next: cursorOf(last) } : { items };
    },
    summary: (placeIds) => summary(households, placeIds),
    recognise: ({ id }, resident, personId) => [
      {
        kind: 'update',
        collection: 'households',
        filter: { _id: id, ...PRESENT, residents: { $elemMatch: unclaimed(resident) } },
        update: { $push: { 'residents.$.personIds': personId }, $inc: { revision: 1 } },
        mustMatch: true,
      },
    ],
    save(household) {
      const { id: _id, areaCents, revision: _revision, ...fields } = household;
      const known = { ...fields, order: orderOf(household), ...(areaCents !== undefined && { areaCents }) };
      const $unset = { isGone: '', ...(areaCents === undefined && { areaCents: '' }) };
      return changed(household, { $set: known, $unset });
    },
    remove: (household) => changed(household, { $set: { isGone: true } }),
  };
}

/** A change of a household as it was read: at its revision, or new, or one that was taken off and comes back. */
function changed({ id, revision }: Household, update: Readonly<Record<string, object>>): Write {
  const isNew = { $or: [{ revision: { $exists: false } }, { isGone: true }] };
  return {
    kind: 'update',
    collection: 'households',
    filter: { _id: id, ...(revision === undefined ? isNew : { revision, ...PRESENT }) },
    update: { ...update, $inc: { revision: 1 } },
    upsert: revision === undefined,
    mustMatch: true,
  };
}

/** The resident as they were read, as long as nobody is known to be them. */
function unclaimed({ id, name, phoneTail }: Resident) {
  return { id, name, phoneTail: phoneTail ?? null, personIds: { $size: 0 } };
}

function householdOf({ _id, order: _order, isGone: _isGone, ...fields }: HouseholdDocument): Household {
  return { ...fields, id: _id };
}

/** Text that sorts as doors are numbered: 3-2-501 before 12-1-101. */
function orderOf({ building, unit, room }: Household): string {
  return [building, unit, room]
    .map((part) => part.replace(/\d+/gu, (digits) => digits.padStart(NUMBER_WIDTH, '0')))
    .join('-');
}

function pageFilter({ placeIds, search, building, after }: HouseholdQuery): mongo.Filter<HouseholdDocument> {
  const wanted = search?.trim().slice(0, 60) ?? '';
  const literal = wanted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const [order = '', id = ''] = readCursor(after) ?? [];
  return {
    placeId: { $in: [...placeIds] },
    ...(building !== undefined && { building }),
    $and: [
      ...(wanted === ''
        ? []
        : [{ $or: [{ 'residents.name': { $regex: literal } }, { room: wanted.toUpperCase() }] }]),
      ...(order === '' ? [] : [{ $or: [{ order: { $gt: order } }, { order, _id: { $gt: id } }] }]),
      {},
    ],
  };
}

function cursorOf(household: Household): string {
  return Buffer.from(JSON.stringify([orderOf(household), household.id])).toString('base64url');
}

function readCursor(after: string | undefined): readonly [string, string] | undefined {
  if (after === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    const [order, id] = Array.isArray(read) ? (read as unknown[]) : [];
    return typeof order === 'string' && typeof id === 'string' ? [order, id] : undefined;
  } catch {
    return undefined;
  }
}

async function summary(
  households: mongo.Collection<HouseholdDocument>,
  placeIds: readonly string[],
): Promise<RosterSummary> {
  const linked = {
    $size: { $filter: { input: '$residents', cond: { $gt: [{ $size: '$$this.personIds' }, 0] } } },
  };
  const [found] = await households
    .aggregate<Omit<RosterSummary, 'buildings'> & { doors: readonly Door[] }>([
      { $match: { placeId: { $in: [...placeIds] }, ...PRESENT } },
      {
        $group: {
          _id: null,
          households: { $sum: 1 },
          residents: { $sum: { $size: '$residents' } },
          linked: { $sum: linked },
          doors: { $addToSet: { building: '$building', unit: '$unit' } },
        },
      },
      { $project: { _id: 0 } },
    ])
    .toArray();
  if (!found) return { households: 0, residents: 0, linked: 0, buildings: [] };
  const { doors, ...counts } = found;
  const buildings = [...groupBy(doors, ({ building }) => building)].map(([building, own]) => ({
    building,
    units: inOrder(
      own.flatMap(({ unit }) => (unit === '' ? [] : [unit])),
      (unit) => unit,
    ),
  }));
  return { ...counts, buildings: inOrder(buildings, ({ building }) => building) };
}

type Door = Pick<RoomAddress, 'building' | 'unit'>;

/** 2 before 12. */
function inOrder<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  const byNumber = new Intl.Collator('zh', { numeric: true });
  return items.toSorted((a, b) => byNumber.compare(nameOf(a), nameOf(b)));
}
