/** What goes out to groups after a secretary's confirmation. */
export interface Preview {
  readonly groups: number;
  readonly people: number;
  /** Exactly what will be delivered. */
  readonly body: string;
  /** Four digits to be repeated. */
  readonly code: string;
  readonly minutes: number;
  /** Groups where somebody must release it on a phone. */
  readonly tap?: { readonly groups: number; readonly by: string } | undefined;
  /** When it goes out, if not at once. */
  readonly sendAt?: string | undefined;
}

export const PREVIEW_IS_WHOLE = 'A preview equals the delivered text, byte for byte.';

/** The same preview for notices, polls, meetings and outcomes. `head` says what it is, when it is not a notice. */
export function previewLines(data: Preview, head = ''): string[] {
  const { groups, people, body, code, minutes, tap, sendAt } = data;
  return [
    `${head}${sendAt === undefined ? '' : `${sendAt}`}将发到${groups}个群，约${people}人：`,
    `「${body}」`,
    ...(tap === undefined ? [] : [`其中${tap.groups}个群要${tap.by}在手机上点一下才发出`]),
    `发，回复「确认 ${code}」；不发，${minutes}分钟后作废。`,
  ];
}

export const PREVIEW_SHORTEST: Preview = { groups: 1, people: 1, body: '停水', code: '8842', minutes: 10 };
export const PREVIEW_LONGEST: Preview = {
  groups: 9999,
  people: 999999,
  body: '各位邻居：因为主管道要换，三号楼和四号楼明天全天停水，大家提前存水。'.repeat(10),
  code: '8842',
  minutes: 120,
  tap: { groups: 9998, by: '欧阳王强国' },
  sendAt: '2027年12月20日（周五）18:00',
};
