import { text } from './catalogue.ts';

/** What is late and what is due today, by the numbers people use: #12, T5. */
export interface DigestPart {
  readonly late: readonly string[];
  readonly today: readonly string[];
}

export interface MorningDigest {
  readonly day: string;
  readonly concerns: DigestPart;
  readonly assignments: DigestPart;
  /** 18:00议题#3截止, 19:00协商会#4, in the order of the day. */
  readonly events: readonly string[];
}

const LATE_NAMED = 2;
const TODAY_NAMED = 1;
const EVENTS_NAMED = 2;

function named(names: readonly string[], most: number): string {
  const first = names.slice(0, most).join('、');
  return names.length > most ? `${first}等${names.length}件` : first;
}

function partLine(title: string, { late, today }: DigestPart): string[] {
  const words = [
    ...(late.length > 0 ? [`过期${named(late, LATE_NAMED)}`] : []),
    ...(today.length > 0 ? [`到期${named(today, TODAY_NAMED)}`] : []),
  ];
  return words.length > 0 ? [`${title}：${words.join('，')}`] : [];
}

function eventsLine(events: readonly string[]): string[] {
  return events.length > 0 ? [`日程：${named(events, EVENTS_NAMED)}`] : [];
}

function countOf({ concerns, assignments, events }: MorningDigest): number {
  return [concerns.late, concerns.today, assignments.late, assignments.today, events].flat().length;
}

const many = (mark: string) => Array.from({ length: 100 }, (_, index) => `${mark}${99_900 + index}`);
const NONE: DigestPart = { late: [], today: [] };

/** What the program says by itself in the morning. */
export const digestTexts = {
  morning: text({
    key: 'digest.morning',
    to: ['S', 'B'],
    render: (digest: MorningDigest) => [
      `【今天】${digest.day}有${countOf(digest)}件要办`,
      ...partLine('诉求', digest.concerns),
      ...partLine('交办', digest.assignments),
      ...eventsLine(digest.events),
    ],
    shortest: { day: '1月2日（周一）', concerns: { late: [], today: ['#1'] }, assignments: NONE, events: [] },
    longest: {
      day: '12月30日（周四）',
      concerns: { late: many('#'), today: many('#') },
      assignments: { late: many('T'), today: many('T') },
      events: Array.from({ length: 20 }, () => '18:00议题#9999截止'),
    },
  }),
} as const;
