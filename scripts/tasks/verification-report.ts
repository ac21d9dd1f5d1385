import { createCounter } from '#procedure/counting';
import { parseExport, type PollExport } from '#src/proof/export-format';
import { inFours } from '#src/proof/short-code';
import { verifyExport, type Verification } from '#src/proof/verify-export';
import { countingWords, faultWords } from '#texts/verification-words';

export interface VerificationReport {
  readonly outcome: 'whole' | 'faulty' | 'unreadable';
  readonly lines: readonly string[];
}

/** More would scroll the first ones away; one change seldom makes more than five. */
const MOST_FAULTS = 50;

/** What there is to say about a file that somebody calls the export of a poll. */
export function verificationReport(given: unknown, publishedCode?: string): VerificationReport {
  const parsed = parseExport(given);
  if (!parsed.ok) {
    const where = parsed.at === '' ? '' : `，从 ${parsed.at} 起对不上`;
    return { outcome: 'unreadable', lines: [`读不了：不是议事的表决文件，或格式被改过${where}。`] };
  }
  const { data } = parsed;
  const verification = verifyExport(data, createCounter, publishedCode);
  const { faults } = verification;
  return {
    outcome: faults.length === 0 ? 'whole' : 'faulty',
    lines: [...factLines(data, verification), '', ...verdictLines(data, verification, publishedCode)],
  };
}

function factLines({ poll, form, end }: PollExport, { seal, counted }: Verification): readonly string[] {
  const counts = poll.options.map((option, index) => `${option}${counted.counts[index] ?? 0}`);
  return [
    `议题#${poll.topicNumber} ${poll.title}（${poll.place}，${form === 'open' ? '公开' : '秘密'}投票，${end.closesAt}截止）`,
    `名册${seal.rollSize}，选票${seal.ballotCount}张，投票记录${seal.eventCount}条`,
    `计票规则：${countingWords(poll.method)}`,
    `重数：${counts.join('　')}`,
    `选票的根　　　${seal.ballots}`,
    `名册的指纹　　${seal.roll}`,
    `开投时的指纹　${seal.opening}`,
    `记录链的末端　${seal.events}`,
    `核验码　　　　${inFours(seal.code)}`,
  ];
}

function verdictLines(
  { poll }: PollExport,
  { faults }: Verification,
  publishedCode: string | undefined,
): readonly string[] {
  if (faults.length === 0) {
    return publishedCode === undefined
      ? ['没有发现问题。再和群里公布的核验码对一下：一样，才是公布的那一份。']
      : ['没有发现问题，核验码和公布的一样。'];
  }
  const said = faults.slice(0, MOST_FAULTS).map((fault) => `  ${faultWords(fault, poll.options)}`);
  const more = faults.length - said.length;
  return [`发现${faults.length}处问题：`, ...said, ...(more > 0 ? [`  还有${more}处`] : [])];
}
