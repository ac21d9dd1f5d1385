import type { Message } from './types.ts';

/** The newest number of each kind that was named in a chat. */
export interface Numbers {
  readonly concern: number | undefined;
  readonly topic: number | undefined;
  /** The topic that can be voted on. */
  readonly poll: number | undefined;
  readonly meeting: number | undefined;
  readonly assignment: number | undefined;
}

const PATTERNS: Readonly<Record<Exclude<keyof Numbers, 'poll'>, RegExp>> = {
  concern: /诉求#(\d+)/u,
  topic: /议题#(\d+)/u,
  meeting: /协商会#(\d+)/u,
  assignment: /(?<![A-Za-z])T(\d+)/u,
};

export function numbersIn(messages: readonly Message[]): Numbers {
  const newest = (pattern: RegExp) => {
    const said = messages.findLast((message) => message.from.bot && pattern.test(message.text));
    const found = said && pattern.exec(said.text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return {
    concern: newest(PATTERNS.concern),
    topic: newest(PATTERNS.topic),
    poll: openPollIn(messages),
    meeting: newest(PATTERNS.meeting),
    assignment: newest(PATTERNS.assignment),
  };
}

/** The topic whose poll was opened last, unless its result is there. */
function openPollIn(messages: readonly Message[]): number | undefined {
  const last = messages.findLast((message) => message.from.bot && /^【(?:表决|结果)】/u.test(message.text));
  const topic = last && /^【表决】议题#(\d+)/u.exec(last.text)?.[1];
  return topic === undefined ? undefined : Number(topic);
}

/** 「附议 1」「确认 8842」: words that the bot itself has just offered, ready to be said. */
const OFFERED =
  /「((?:附议|另记|登记|进度|报名|请假|回执|评价|拆开|确认 ?(?:表决|开会|公示)?|不发|急发)(?: ?\d[^」…]{0,12})?)」/gu;

export function offeredWords(messages: readonly Message[]): readonly string[] {
  const last = messages.findLast((message) => message.from.bot);
  return last ? [...last.text.matchAll(OFFERED)].map(([, words = '']) => words) : [];
}
