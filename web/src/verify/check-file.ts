import { config } from 'zod';

import { createCounter } from '../../../src/procedure/counting.ts';
import { judgePoll } from '../../../src/procedure/verdict.ts';
import { parseExport } from '../../../src/proof/export-format.ts';
import { readJson } from '../../../src/proof/read-json.ts';
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
  const read = readJson(text);
  if (!read.ok) return unreadableReport(read.at ?? '');
  const parsed = parseExport(read.value);
  if (!parsed.ok) return unreadableReport(parsed.at);
  return verificationReport(
    parsed.data,
    verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll }),
  );
}
