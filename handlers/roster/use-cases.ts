import { createDecideVerification, createLinkResident, createUnlinkResident } from './decide-verification.ts';
import { createImportRoster, createPreviewImport } from './import-roster.ts';
import { createSaveList } from './save-list.ts';
import { createUnlinkIdentities } from './unlink-identities.ts';
import type { RosterDeps } from './roster-deps.ts';

/** The steps of the roster as the console calls them. */
export function createRosterUseCases(deps: RosterDeps) {
  return {
    previewImport: createPreviewImport(deps),
    importRoster: createImportRoster(deps),
    decide: createDecideVerification(deps),
    link: createLinkResident(deps),
    unlink: createUnlinkResident(deps),
    unlinkIdentities: createUnlinkIdentities(deps),
    saveList: createSaveList(deps),
  };
}
