import { type AnyCommand, defineCommand, type MessageContext, type Parsed, replyHere } from '#core/command';
import { joinDecisions, NOTHING, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Role } from '#core/people';
import { isBlankOrEmoji } from '#language/message-frame';
import { readLeadingNumber } from '#language/references';
import { noticeTexts } from '#texts/notice-texts';
import { confirmCard } from '#texts/poll-cards';
import { systemTexts } from '#texts/system-texts';
import { createCancelNotice, createConfirmNotice, createSendUrgently } from './confirm-notice.ts';
import type { NoticeDeps } from './notice-deps.ts';
import { createPreviewNotice } from './plan-notice.ts';
import { createPrepareNotice } from './prepare-notice.ts';
import { groupNamed, readNotice, type NoticeWords } from './read-notice.ts';

const SECRETARIES: readonly Role[] = ['secretary'];

/** 通知, 确认, 不发, 急发. */
export function createNoticeCommands(deps: NoticeDeps): readonly AnyCommand[] {
  const [confirm, cancel, urgently] = [
    createConfirmNotice(deps),
    createCancelNotice(deps),
    createSendUrgently(deps),
  ];
  return [
    prepareCommand(deps),
    defineCommand<{ code: string }>({
      name: 'notice.confirm',
      triggers: ['确认', '确认发送'],
      summary: '确认发通知',
      example: '确认 8842',
      roles: SECRETARIES,
      parse: (rest) =>
        read(rest, (number) => ({ code: String(number).padStart(4, '0') }), numberMissing('确认 8842')),
      run: (context, args) => answered(context, confirm(context, args)),
    }),
    defineCommand<{ code: string } | { number: number }>({
      name: 'notice.cancel',
      triggers: ['不发', '取消通知', '撤回通知'],
      summary: '不发了',
      example: '不发 8842',
      roles: SECRETARIES,
      parse: (rest) =>
        read(
          rest,
          (number) => (number >= 1_000 ? { code: String(number) } : { number }),
          numberMissing('确认 8842'),
        ),
      run: (context, args) => answered(context, cancel(context, args)),
    }),
    defineCommand<{ number: number }>({
      name: 'notice.sendUrgently',
      triggers: ['急发', '马上发'],
      summary: '夜里也马上发',
      example: '急发 8',
      roles: SECRETARIES,
      parse: (rest) => read(rest, (number) => ({ number }), numberMissing('急发 8')),
      run: (context, args) => answered(context, urgently(context, args)),
    }),
  ];
}

function prepareCommand(deps: NoticeDeps): AnyCommand {
  const prepare = createPrepareNotice(deps);
  return defineCommand<NoticeWords>({
    name: 'notice.prepare',
    triggers: ['通知', '发通知', '群发'],
    summary: '发通知，先预览',
    example: '通知 明天8点到12点停水，请提前存水',
    roles: SECRETARIES,
    parse(_rest, original): Parsed<NoticeWords> {
      const words = readNotice(original.replace(/^[\s:：,，]+/u, ''));
      return isBlankOrEmoji(words.text)
        ? { ok: false, hint: noticeTexts.empty() }
        : { ok: true, args: words };
    },
    async run(context, { text, groupNames }) {
      const groupIds = await groupsMeant(deps, context, groupNames);
      return withConfirmButton(
        await answered(context, prepare(context, { text, groupIds })),
        groupIds.length,
      );
    },
  });
}

/** A button beside the words that confirm; it says the same. */
function withConfirmButton(decision: Decision, groups: number): Decision {
  const { dispatches, created } = decision;
  return {
    ...decision,
    dispatches: dispatches.map((dispatch) => {
      const code = /「(确认 \d{4})」/u.exec(dispatch.body.text)?.[1];
      if (code === undefined) return dispatch;
      const card = confirmCard({
        title: `通知#${created?.number ?? ''}`,
        label: `发给${groups}个群`,
        say: code,
      });
      return { ...dispatch, body: { ...dispatch.body, card } };
    }),
  };
}

/** The groups named, else all residents' groups of the place and below. */
async function groupsMeant(
  deps: NoticeDeps,
  { place }: MessageContext,
  names: readonly string[],
): Promise<string[]> {
  const placeIds = await deps.places.subtreeIds(place.id);
  const kind = names.length === 0 ? 'residents' : undefined;
  const groups = (await Promise.all(placeIds.map((id) => deps.groups.inPlace(id, kind)))).flat();
  if (names.length === 0) return groups.map((group) => group.id);
  return names.map((name) => {
    const group = groupNamed(groups, name);
    if (group) return group.id;
    throw new UserError('notice.groupUnknown', noticeTexts.groupUnknown({ name }));
  });
}

function read<Args>(rest: string, toArgs: (number: number) => Args, hint: string): Parsed<Args> {
  const number = readLeadingNumber(rest)?.value;
  return number === undefined ? { ok: false, hint } : { ok: true, args: toArgs(number) };
}

function numberMissing(example: string): string {
  return systemTexts.numberMissing({ kind: 'notice', example });
}

async function answered(context: MessageContext, step: Promise<Decision>): Promise<Decision> {
  const decision = await step;
  const text = decision.summary ?? '';
  return joinDecisions(
    decision,
    text === '' ? NOTHING : replyHere(context, text, decision.event ?? 'notice.step'),
  );
}

/** The steps of notices for the console. */
export function createNoticeUseCases(deps: NoticeDeps) {
  return {
    preview: createPreviewNotice(deps),
    prepare: createPrepareNotice(deps),
    confirm: createConfirmNotice(deps),
    cancel: createCancelNotice(deps),
    sendUrgently: createSendUrgently(deps),
  };
}
