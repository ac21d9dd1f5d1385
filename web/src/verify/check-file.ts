import { config } from 'zod';

import { createCounter } from '../../../src/procedure/counting.ts';
import { judgePoll } from '../../../src/procedure/verdict.ts';
import { parseExport } from '../../../src/proof/export-format.ts';
import { verifyExport } from '../../../src/proof/verify-export.ts';
import {
  unreadableReport,
  verificationReport,
  type VerificationReport,
} from '../../../src/texts/verification-report.ts';

// Pages may not make code while they run.
config({ jitless: true });

/** Checks the text of a file, on this device. */
export function checkFile(text: string): VerificationReport {
  const given = jsonOf(text);
  const parsed = given === undefined ? { ok: false as const, at: '' } : parseExport(given);
  if (!parsed.ok) return unreadableReport(parsed.at);
  return verificationReport(
    parsed.data,
    verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll }),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
