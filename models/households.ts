import { Schema } from 'mongoose';
import type { Household, Resident } from '#core/roster';
import { defineCollection } from './collection.ts';

export type HouseholdDocument = Omit<Household, 'id'> & {
  _id: string;
  /** Building, unit and room with their numbers in order: 3 before 12. */
  order: string;
  /** Taken off the roster; kept for the rolls and the audit that name it. */
  isGone?: boolean;
};

const text = { type: String, required: true };
const part = { type: String, default: '' };

const residentSchema = new Schema<Resident>(
  {
    id: text,
    name: text,
    phoneTail: { type: String, match: /^\d{4}$/ },
    isOwner: { type: Boolean, required: true },
    personIds: { type: [String], required: true },
  },
  { _id: false, strict: 'throw' },
);

export const householdsCollection = defineCollection<HouseholdDocument>({
  name: 'households',
  fields: {
    placeId: text,
    building: part,
    unit: part,
    room: text,
    areaCents: Number,
    residents: { type: [residentSchema], required: true },
    order: text,
    isGone: Boolean,
    revision: Number,
  },
  indexes: [
    { keys: { placeId: 1, order: 1, _id: 1 }, why: 'the roster of a place in the order of its doors' },
    { keys: { 'residents.personIds': 1 }, why: 'where somebody known from chat is a resident' },
  ],
});
