import type { Migration } from './prepare.ts';

/**
 * Every change of what is stored, in order; see "A migration" in README.md. None was needed yet: new fields are
 * optional, and indexes are made from their declarations.
 */
export const migrations: readonly Migration[] = [];
