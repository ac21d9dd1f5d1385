import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { parseExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import { unreadableReport, verificationReport, type VerificationReport } from '#texts/verification-report';

/** Checks what somebody calls the export of a poll; with the published code, also whether it is that poll's. */
export function checkFile(given: unknown, publishedCode?: string): VerificationReport {
  const parsed = parseExport(given);
  if (!parsed.ok) return unreadableReport(parsed.at);
  return verificationReport(
    parsed.data,
    verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll }, publishedCode),
    publishedCode,
  );
}
