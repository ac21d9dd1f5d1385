import { type AnyCommand, defineCommand, type MessageContext, replyHere } from '#core/command';
import type { Concern, ConcernStore } from '#core/concern';
import { type Decision, joinDecisions } from '#core/decision';
import { parseDeadline } from '#language/deadline';
import { readNumberList } from '#language/references';
import { concernName, concernStepTexts, queueStanding } from '#texts/concern-step-texts';
import { type QueueRow, queueTexts } from '#texts/queue-texts';
import type { ConcernDeps } from './deps.ts';
import { createEnterForCaller } from './enter-for.ts';
import { concernByNumber } from './lookup.ts';
import { createMergeConcerns } from './merge.ts';
import { promisedDay } from './register.ts';
import { say } from './reply.ts';
import { createSnoozeConcerns } from './snooze.ts';
import { createReadWaiting } from './waiting.ts';

const STAFF = ['secretary'] as const;
const LISTED = 3;

/** 待办: what waits for an answer, oldest promise first and then most endorsed. */
export function createQueueCommand(deps: ConcernDeps): AnyCommand {
  const waiting = createReadWaiting(deps);
  return defineCommand<null>({
    name: 'queue.show',
    triggers: ['待办', '今天要办', '诉求清单'],
    summary: '看要办的诉求',
    example: '待办',
    roles: STAFF,
    parse: () => ({ ok: true, args: null }),
    async run(context) {
      const { place, now } = context;
      const { total, first } = await waiting(place.id, now, LISTED);
      if (first.length === 0) return say(context, queueTexts.empty, undefined);
      return say(context, queueTexts.list, { total, rows: first.map((item) => queueRow(context, item)) });
    },
  });
}

function queueRow({ place, now }: MessageContext, concern: Concern): QueueRow {
  const { number = 0, title, endorsements, answerDueAt } = concern;
  const due = promisedDay(place, concern, now);
  return {
    name: concernName(number),
    title,
    standing: queueStanding({ isLate: answerDueAt < now, due, endorsements }),
  };
}

/** 合并 15、16 到 9 */
export function createMergeCommand(deps: ConcernDeps): AnyCommand {
  const merge = createMergeConcerns(deps);
  return defineCommand<{ numbers: readonly number[]; into: number }>({
    name: 'concern.merge',
    triggers: ['合并', '并到', '归并'],
    summary: '几条并成一条办',
    example: '合并 15 到 9',
    roles: STAFF,
    parse(rest) {
      const split = /^(.*?)(?:合并到|并到|归到|到|进|入|至|给|->|=>)(.*)$/u.exec(rest);
      const numbers = readNumberList(split?.[1] ?? '')?.values;
      const into = readNumberList(split?.[2] ?? '')?.values[0];
      if (!numbers || into === undefined) return { ok: false, hint: concernStepTexts.mergeHow() };
      return { ok: true, args: { numbers, into } };
    },
    async run(context, { numbers, into }) {
      const target = await concernByNumber(deps.concerns, context, into);
      const { found, missing } = await idsOf(deps.concerns, context, numbers);
      const { rows, ...decision } = await merge(context, { concernIds: found, intoId: target.id });
      const problems = [...missing.map(notFound), ...rows.flatMap(({ problem }) => problem ?? [])];
      return joinDecisions(decision, answer(context, 'concern.merged', decision.summary ?? '', problems));
    },
  });
}

/** 缓办 12 到 12月5日 */
export function createSnoozeCommand(deps: ConcernDeps): AnyCommand {
  const snooze = createSnoozeConcerns(deps);
  return defineCommand<{ numbers: readonly number[]; until: Date }>({
    name: 'concern.snooze',
    triggers: ['缓办', '稍后办'],
    summary: '过几天再办',
    example: '缓办 12 到 12月5日',
    roles: STAFF,
    parse(rest, _original, { now, place }) {
      const read = readNumberList(rest);
      const until = parseDeadline(read?.rest ?? '', now, place.timeZone, { defaultHour: 9 })?.at;
      if (!read || !until) return { ok: false, hint: concernStepTexts.snoozeHow() };
      return { ok: true, args: { numbers: read.values, until } };
    },
    async run(context, { numbers, until }) {
      const { found, missing } = await idsOf(deps.concerns, context, numbers);
      const { rows, ...decision } = await snooze(context, { concernIds: found, until });
      const problems = [...missing.map(notFound), ...rows.flatMap(({ problem }) => problem ?? [])];
      return joinDecisions(decision, answer(context, 'concern.snoozed', decision.summary ?? '', problems));
    },
  });
}

/** 代录 王大爷：3号楼漏水 */
export function createEnterForCommand(deps: ConcernDeps): AnyCommand {
  const enterFor = createEnterForCaller(deps);
  return defineCommand<{ name: string; text: string }>({
    name: 'concern.enterFor',
    triggers: ['代录', '代为登记'],
    summary: '替打电话或来访的居民登记',
    example: '代录 王大爷：3号楼1单元漏水',
    roles: STAFF,
    parse(_rest, original) {
      const read = /^\s*([^:：,，\s]{1,20})[:：,，\s]\s*(\S[^]*)$/u.exec(original);
      const [, name, text] = read ?? [];
      if (name === undefined || text === undefined)
        return { ok: false, hint: concernStepTexts.enterForHow() };
      return { ok: true, args: { name, text } };
    },
    async run(context, args) {
      const decision = await enterFor(context, args);
      return joinDecisions(decision, answer(context, 'concern.enteredFor', decision.summary ?? '', []));
    },
  });
}

async function idsOf(concerns: ConcernStore, { place }: MessageContext, numbers: readonly number[]) {
  const read = await Promise.all(numbers.map((number) => concerns.byNumber(place.id, number)));
  return {
    found: read.flatMap((concern) => (concern ? [concern.id] : [])),
    missing: numbers.filter((_, at) => read[at] === undefined),
  };
}

function notFound(number: number): string {
  return concernStepTexts.rowProblem({ number, problem: 'unknown' });
}

/** What was done, then why the rest was not; each reason once. */
function answer(
  context: MessageContext,
  event: string,
  summary: string,
  problems: readonly string[],
): Decision {
  const lines = [...new Set([summary, ...problems.slice(0, 3)])].filter((line) => line !== '');
  return replyHere(context, lines.join('\n'), event);
}
