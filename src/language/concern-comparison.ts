import type { ConcernSlots } from './concern-slots.ts';
import { facilityKind, mayBeSameFacility } from './facilities.ts';

export type Relation = 'same' | 'different' | 'unknown';

function relate<T>(a: readonly T[], b: readonly T[], isSame: (x: T, y: T) => boolean): Relation {
  if (a.length === 0 || b.length === 0) return 'unknown';
  return a.some((x) => b.some((y) => isSame(x, y))) ? 'same' : 'different';
}

const equal = (a: string, b: string): boolean => a === b;
const oneEndsWithOther = (a: string, b: string): boolean => a.endsWith(b) || b.endsWith(a);

/** Where and what of two concerns, side by side. */
export interface Comparison {
  readonly building: Relation;
  readonly unit: Relation;
  readonly object: Relation;
  readonly effect: Relation;
  readonly road: Relation;
  readonly place: Relation;
  readonly gate: Relation;
  readonly plate: Relation;
}

export function compareSlots(a: ConcernSlots, b: ConcernSlots): Comparison {
  const objects = (slots: ConcernSlots) => slots.facilities.filter((one) => facilityKind(one) === 'object');
  const effects = (slots: ConcernSlots) => slots.facilities.filter((one) => facilityKind(one) === 'effect');
  const places = (slots: ConcernSlots) => [...slots.roads, ...slots.estates];
  return {
    building: relate(a.buildings, b.buildings, equal),
    unit: relate(a.units, b.units, equal),
    object: relate(objects(a), objects(b), mayBeSameFacility),
    effect: relate(effects(a), effects(b), mayBeSameFacility),
    road: relate(a.roads, b.roads, oneEndsWithOther),
    gate: relate(a.gates, b.gates, equal),
    place: relate(places(a), places(b), oneEndsWithOther),
    plate: relate(a.plates, b.plates, equal),
  };
}

/** Another building, entrance, gate, facility or car is another matter, however alike the words are. */
export function isOtherMatter({ building, unit, gate, object, plate }: Comparison): boolean {
  return [building, unit, gate, object, plate].includes('different');
}

/** What the slots alone are worth; the words fill the rest up to 1. */
export function slotScore({ building, object, effect, place, plate }: Comparison): number {
  const isSameThing = object === 'same';
  if (plate === 'same') return 0.6;
  if (building === 'same' && isSameThing) return 0.6;
  if (building === 'same' && effect === 'same') return 0.45;
  if (place === 'same' && isSameThing) return 0.4;
  if (place === 'same' && effect === 'same') return 0.3;
  if (isSameThing) return effect === 'same' ? 0.3 : 0.2;
  return building === 'same' || place === 'same' ? 0.15 : 0;
}
