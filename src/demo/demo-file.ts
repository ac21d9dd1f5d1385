import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DAY_MS } from '#core/clock';
import type { LoginStore } from '#core/login';

import { DEMO_GROUPS, DEMO_PEOPLE } from './community.ts';

/** What `data/demo.json` holds, for whoever tries the demo by hand or by script. */
export interface DemoFile {
  readonly baseUrl: string;
  readonly users: readonly { readonly name: string; readonly role: string; readonly loginUrl: string }[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
}

/** Demo links may be opened many times within a week; real ones once. */
const DEMO_LINK_USES = 10_000;
const WEEK_MS = 7 * DAY_MS;

/** Makes sign-in links for the demo's office holders and writes the file in one go. */
export async function writeDemoFile(deps: {
  logins: LoginStore;
  now: () => Date;
  dataDir: string;
  baseUrl: string;
}): Promise<DemoFile> {
  const expiresAt = new Date(deps.now().getTime() + WEEK_MS);
  const officers = DEMO_PEOPLE.flatMap(({ person, signsIn }) =>
    signsIn === undefined ? [] : [{ person, role: signsIn }],
  );
  const users = await Promise.all(
    officers.map(async ({ person, role }) => {
      const token = await deps.logins.createLink(person.id, { expiresAt, uses: DEMO_LINK_USES });
      return { name: person.name, role, loginUrl: `${deps.baseUrl}/login/${token}` };
    }),
  );
  const groups = DEMO_GROUPS.map(({ conversation, name, kind }) => ({
    id: conversation.conversationId,
    name,
    kind,
  }));
  const file: DemoFile = { baseUrl: deps.baseUrl, users, groups };
  await mkdir(deps.dataDir, { recursive: true });
  const path = join(deps.dataDir, 'demo.json');
  await writeFile(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return file;
}
