import { type AnyCommand, defineCommand, type MessageContext, replyHere } from '#core/command';
import type { ConcernStore, RatingValue } from '#core/concern';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber } from '#language/references';
import { feedbackTexts } from '#texts/feedback-texts';
import { systemTexts } from '#texts/system-texts';
import type { FeedbackDeps } from './deps.ts';
import { createRateAnswer, type RatedAnswer } from './rate.ts';

const EXAMPLE = '评价 12 满意';

interface RateArgs {
  readonly number: number | undefined;
  readonly value: RatingValue | undefined;
}

/** 评价 12 满意. Without a number: the answer this person got last. */
export function createRateCommand(deps: FeedbackDeps): AnyCommand {
  const rate = createRateAnswer(deps);
  return defineCommand<RateArgs>({
    name: 'rating.give',
    triggers: ['评价', '打分', '评议'],
    summary: '给答复打分',
    example: EXAMPLE,
    roles: ['resident'],
    parse(rest) {
      const read = readLeadingNumber(rest);
      const number = read?.value ?? numberBehind(rest);
      return { ok: true, args: { number, value: readRating(read?.rest ?? rest) } };
    },
    async run(context, { number: named, value }) {
      const number = named ?? (await lastAnswered(deps.concerns, context));
      if (number === undefined) {
        return replyHere(
          context,
          systemTexts.numberMissing({ kind: 'concern', example: EXAMPLE }),
          'number.missing',
        );
      }
      if (!value)
        return replyHere(context, feedbackTexts.ratingUnclear({ number }), feedbackTexts.ratingUnclear.key);
      return rated(context, rate, number, value);
    },
  });
}

const BARE: readonly { value: RatingValue; trigger: string }[] = [
  { value: 'satisfied', trigger: '满意' },
  { value: 'basically', trigger: '基本满意' },
  { value: 'dissatisfied', trigger: '不满意' },
];

/** 满意, 基本满意 or 不满意 alone, as the answer offers them. Silent unless its sender has got an answer. */
export function createBareRatingCommands(deps: FeedbackDeps): readonly AnyCommand[] {
  const rate = createRateAnswer(deps);
  return BARE.map(({ value, trigger }) =>
    defineCommand<{ isMeant: boolean; number: number | undefined }>({
      name: `rating.${value}`,
      triggers: [trigger],
      summary: '给答复打分',
      example: trigger,
      roles: ['resident'],
      parse(rest) {
        const words = rest.replace(/[\s的了啊呀吧,，。.!！~]+/gu, '');
        const read = readLeadingNumber(words);
        return { ok: true, args: { isMeant: words === '' || read?.rest === '', number: read?.value } };
      },
      async run(context, { isMeant, number: named }) {
        if (!isMeant) return NOTHING;
        const number = named ?? (await lastAnswered(deps.concerns, context));
        return number === undefined ? NOTHING : rated(context, rate, number, value);
      },
    }),
  );
}

/** 不满意 before 满意, for the one holds the other. */
export function readRating(text: string): RatingValue | undefined {
  const plain = normalizeCommandText(text);
  if (/不(?:太|大|是很|怎么|够)?满意|没满意|差评|很差|太差|不行|不好/u.test(plain)) return 'dissatisfied';
  if (/基本|还行|还可以|一般|凑合|马马虎虎|比较满意/u.test(plain)) return 'basically';
  return /满意|好评|很好|不错|挺好|谢谢/u.test(plain) ? 'satisfied' : undefined;
}

/** 评价 满意 12 */
function numberBehind(text: string): number | undefined {
  const found = /(\d{1,7})\s*[。.!]?$/u.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

async function lastAnswered(
  concerns: ConcernStore,
  { place, person }: MessageContext,
): Promise<number | undefined> {
  const [last] = await concerns.feedbacksTo(place.id, person.id, 1);
  return last && (await concerns.byId(last.concernId))?.number;
}

async function rated(
  context: MessageContext,
  rate: ReturnType<typeof createRateAnswer>,
  number: number,
  value: RatingValue,
): Promise<Decision> {
  const result = await rate(context, { number, value, at: context.message.sentAt });
  const { outcome: _outcome, value: _value, reopened: _reopened, ...decision } = result;
  return joinDecisions(
    decision,
    replyHere(context, thanks(context, number, result), `rating.${result.outcome}`),
  );
}

function thanks(
  { place }: MessageContext,
  number: number,
  { outcome, value, reopened }: RatedAnswer,
): string {
  const staff = reopened?.staff ?? place.dutyContact;
  switch (outcome) {
    case 'reopened':
    case 'reopenedBefore':
      return feedbackTexts.ratingReopens({ number, staff: staff.name });
    case 'escalated':
      return feedbackTexts.ratingEscalates({ number, to: staff, answerBy: reopened?.answerBy ?? '' });
    case 'changed':
      return feedbackTexts.ratingChanged({ number, value });
    case 'nothingNew':
      return feedbackTexts.ratingKept({ number, value });
    case 'kept':
      return value === 'dissatisfied'
        ? feedbackTexts.ratingKept({ number, value })
        : feedbackTexts.ratingThanks({ number, value });
  }
}
