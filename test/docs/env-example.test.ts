import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { settings } from '#src/config';
import { envExample } from '../../scripts/settings-text.ts';

const file = join(resolve(import.meta.dirname, '../..'), '.env.example');

/** Made anew by `npx vitest run --project plain test/docs/env-example.test.ts --update`. */
describe('.env.example', () => {
  it('says what src/config.ts says', async () => {
    expect(existsSync(file)).toBe(true);
    await expect(envExample()).toMatchFileSnapshot(file);
  });

  it('has every setting once, commented out', () => {
    const named = [...envExample().matchAll(/^#([A-Z][A-Z0-9_]+)=/gmu)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(settings));
  });
});
