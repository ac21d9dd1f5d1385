import { MINUTE_MS } from '#core/clock';
import { type AnyCommand, defineCommand, type MessageContext } from '#core/command';
import type { Concern } from '#core/concern';
import { joinDecisions, NOTHING } from '#core/decision';
import type { Attachment } from '#core/message';
import { isBlankOrEmoji } from '#language/message-frame';
import { concernTexts } from '#texts/concern-texts';
import { systemTexts } from '#texts/system-texts';
import { addedWords, concernStepTexts } from '#texts/concern-step-texts';
import type { ConcernDeps } from './deps.ts';
import { type NamedConcern, namedConcern } from './named-number.ts';
import { say } from './reply.ts';
import { createSupplementConcern } from './supplement.ts';

/** A photo without words belongs to what its sender raised at most this long before. */
const PHOTO_FOLLOWS_MS = 10 * MINUTE_MS;

/** 补充 12 …: more facts or photos. Without a number: one's only unanswered concern. */
export function createSupplementCommand(deps: ConcernDeps): AnyCommand {
  const supplement = createSupplementConcern(deps);
  return defineCommand<NamedConcern>({
    name: 'concern.supplement',
    triggers: ['补充', '补照片', '追加'],
    summary: '补一句或补照片',
    example: '补充 12 晚上8点以后全黑',
    roles: ['resident'],
    parse: (_rest, original, context) => ({ ok: true, args: namedConcern(original, context) }),
    async run(context, { words, isTopic, ...args }) {
      const number = args.number ?? (await onlyOpenOne(deps, context));
      if (number === undefined)
        return say(context, systemTexts.numberMissing, {
          kind: 'concern',
          example: '补充 12 晚上8点以后全黑',
        });
      const { attachments, sentAt } = context.message;
      const input = { number, isTopic, text: words, attachments, name: context.spokenName, at: sentAt };
      const added = await supplement(context, input);
      const what = addedWords({ hasWords: !isBlankOrEmoji(words), ...counted(attachments) });
      return joinDecisions(
        added,
        isTopic
          ? say(context, concernStepTexts.addedToTopic, { number, what })
          : say(context, concernTexts.added, { number, what }),
      );
    },
  });
}

/**
 * A photo without words: added to what its sender raised some minutes ago. Otherwise silence, or a question back when
 * the bot was addressed.
 */
export function createPhotoCommand(deps: ConcernDeps): AnyCommand {
  const supplement = createSupplementConcern(deps);
  return defineCommand<null>({
    name: 'concern.photo',
    triggers: [],
    summary: '补照片',
    example: '补充 12',
    roles: ['resident'],
    parse: () => ({ ok: true, args: null }),
    async run(context) {
      const { message } = context;
      if (message.attachments.length === 0) return NOTHING;
      const concern = await justRaised(deps, context);
      if (!concern) return isAddressed(context) ? say(context, concernTexts.photoAlone, undefined) : NOTHING;
      const number = concern.number ?? 0;
      const input = { number, isTopic: false, text: '', attachments: message.attachments };
      const added = await supplement(context, { ...input, name: context.spokenName, at: message.sentAt });
      return joinDecisions(
        added,
        say(context, concernTexts.photoAdded, { number, photos: message.attachments.length }),
      );
    },
  });
}

function isAddressed({ message }: MessageContext): boolean {
  return message.mentionsBot || message.conversationKind === 'direct';
}

async function justRaised({ concerns }: ConcernDeps, context: MessageContext): Promise<Concern | undefined> {
  const [newest] = await concerns.ofAuthor(context.place.id, context.person.id, 1);
  if (newest?.number === undefined || newest.enteredById !== undefined) return undefined;
  const age = context.message.sentAt.getTime() - newest.raisedAt.getTime();
  const isHere = newest.raisedIn.conversationId === context.message.from.conversationId;
  return isHere && age >= 0 && age <= PHOTO_FOLLOWS_MS ? newest : undefined;
}

async function onlyOpenOne({ concerns }: ConcernDeps, context: MessageContext): Promise<number | undefined> {
  const own = await concerns.ofAuthor(context.place.id, context.person.id, 10);
  const open = own.filter(({ number, state }) => number !== undefined && state !== 'answered');
  return open.length === 1 ? open[0]?.number : undefined;
}

function counted(attachments: readonly Attachment[]): { photos: number; files: number } {
  const photos = attachments.filter(({ kind }) => kind === 'image').length;
  return { photos, files: attachments.length - photos };
}
