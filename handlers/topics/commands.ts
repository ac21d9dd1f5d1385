import { defineCommand, replyHere, type AnyCommand, type MessageContext } from '#core/command';
import type { Concern } from '#core/concern';
import { joinDecisions } from '#core/decision';
import { UserError } from '#core/errors';
import { readNumberList } from '#language/references';
import { systemTexts } from '#texts/system-texts';
import { createCreateTopic } from './create-topic.ts';
import type { TopicDeps } from './topic-deps.ts';

interface TopicCommand {
  readonly numbers: readonly number[];
  readonly title: string;
}

/** 立题 12 3号楼加装电梯, 立题 12、13: without a title the first concern's stands. */
export function createTopicCommands(deps: TopicDeps): readonly AnyCommand[] {
  const create = createCreateTopic(deps);
  return [
    defineCommand<TopicCommand>({
      name: 'topic.create',
      triggers: ['立题'],
      summary: '把诉求变成议题',
      example: '立题 12 3号楼加装电梯',
      roles: ['secretary'],
      parse(_rest, original) {
        const list = readNumberList(original);
        if (list) return { ok: true, args: { numbers: list.values, title: list.rest.trim() } };
        return {
          ok: false,
          hint: systemTexts.numberMissing({ kind: 'concern', example: '立题 12 3号楼加装电梯' }),
        };
      },
      async run(context, { numbers, title }) {
        const concerns = await Promise.all(numbers.map((number) => concernOf(deps, context, number)));
        const decision = await create(context, {
          concernIds: concerns.map(({ id }) => id),
          title: title === '' ? (concerns[0]?.title ?? '') : title,
          description: '',
          options: [],
          source: 'residents',
        });
        return joinDecisions(decision, replyHere(context, decision.summary ?? '', 'topic.created'));
      },
    }),
  ];
}

async function concernOf(deps: TopicDeps, { place }: MessageContext, number: number): Promise<Concern> {
  const concern = await deps.concerns.byNumber(place.id, number);
  if (!concern)
    throw new UserError('number.unknown', systemTexts.numberUnknownStaff({ kind: 'concern', number }));
  return concern;
}
