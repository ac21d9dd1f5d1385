import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../mongo/places.ts';

/** Reads `.env`, if there is one. What the environment already says wins. */
export function loadSettings(): void {
  const file = path.join(checkout, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
