import type { PollFault } from '#core/poll-fault';
import type { PollSeal } from '#core/poll-seal';
import type { MethodCount, PollMethod } from '#core/vote-method';
import { inFours } from './units.ts';
import { countingWords, faultWords, struckWords } from './verification-words.ts';

/** What there is to say about a file that somebody calls the export of a poll. */
export interface VerificationReport {
  readonly outcome: 'whole' | 'faulty' | 'unreadable';
  /** What was worked out anew. */
  readonly facts: readonly string[];
  /** Whether it is in order; then each fault. */
  readonly verdict: readonly string[];
}

/** A poll's file, as far as it is spoken of. */
export interface ReportedFile {
  readonly poll: {
    readonly topicNumber: number;
    readonly title: string;
    readonly options: readonly string[];
    readonly method: PollMethod;
  };
  readonly form: 'open' | 'secret';
  readonly result: { readonly [part: string]: unknown };
  readonly end: { readonly closesAt: string; readonly struck?: readonly unknown[] | undefined };
}

interface Checked {
  readonly faults: readonly PollFault[];
  readonly seal: PollSeal;
  readonly counted: MethodCount;
  readonly isJudged: boolean;
  /** The fingerprint of the opening, as the groups have it. */
  readonly openingCode: string;
}

/** More would scroll the first ones away; one change seldom makes more than five. */
const MOST_FAULTS = 50;

/** 北京时间2026-12-28 18:00: the file knows no place, and all of China has one time. */
function beijingTime(instant: string): string {
  const eightHoursOn = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `北京时间${eightHoursOn.slice(0, 16).replace('T', ' ')}`;
}

export function verificationReport(
  file: ReportedFile,
  checked: Checked,
  publishedCode?: string,
): VerificationReport {
  const { poll, form, end } = file;
  const { faults, seal, counted } = checked;
  const counts = poll.options.map((option, index) => `${option}${counted.counts[index] ?? 0}`);
  return {
    outcome: faults.length === 0 ? 'whole' : 'faulty',
    facts: [
      `议题#${poll.topicNumber} ${poll.title}（${form === 'open' ? '记名' : '不记名'}投票，${beijingTime(end.closesAt)}截止）`,
      `名册${seal.rollSize}，选票${seal.ballotCount}张，投票记录${seal.eventCount}条`,
      ...(end.struck === undefined ? [] : [struckWords(end.struck.length)]),
      `计票规则：${countingWords(poll.method)}`,
      `重数：${counts.join('　')}`,
      verdictLine(file.result, checked.isJudged),
      `选票的根：${seal.ballots}`,
      `名册的指纹：${seal.roll}`,
      `开投时的指纹：${checked.openingCode}（${seal.opening}）`,
      `记录链的末端：${seal.events}`,
      `核验码：${inFours(seal.code)}`,
    ],
    verdict: faults.length === 0 ? [praise(publishedCode)] : complaints(faults, poll.options),
  };
}

/** Whether the poll counts and is adopted, as it was published and judged anew. */
function verdictLine({ quorumMet, adopted }: ReportedFile['result'], isJudged: boolean): string {
  if (!isJudged) return '结论：规则是以前的格式，没有重判';
  const valid = quorumMet === true ? '有效' : '参加的不够，不算数';
  const passed = adopted === undefined ? '' : adopted === true ? '，通过' : '，没通过';
  return `重判：${valid}${passed}`;
}

function praise(publishedCode: string | undefined): string {
  return publishedCode === undefined
    ? '没有发现问题。再和群里公布的核验码对一下：一样，才是公布的那一份。'
    : '没有发现问题，核验码和公布的一样。';
}

function complaints(faults: readonly PollFault[], options: readonly string[]): readonly string[] {
  const said = faults.slice(0, MOST_FAULTS).map((fault) => faultWords(fault, options));
  const more = faults.length - said.length;
  return [`发现${faults.length}处问题：`, ...said, ...(more > 0 ? [`还有${more}处`] : [])];
}

/** `at` is where it first differs from the format; empty: nowhere in particular. */
export function unreadableReport(at: string): VerificationReport {
  const where = at === '' ? '' : `，从 ${at} 起对不上`;
  return {
    outcome: 'unreadable',
    facts: [],
    verdict: [`读不了：不是议事的表决文件，或格式被改过${where}。`],
  };
}
