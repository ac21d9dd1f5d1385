import type { AnyCommand } from '#core/command';
import type { InboundMessage } from '#core/message';
import type { GroupKind, Role } from '#core/people';
import { readBallotFigures } from '#language/ballot-form';
import { looksLikeQuestion } from '#language/intent';
import { isBlankOrEmoji, stripMention, stripQuote } from '#language/message-frame';
import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber, readNumberList } from '#language/references';
import {
  claimsVote,
  isStanceAlone,
  mayNameOption,
  VOTING_TRIGGERS,
  withoutThanks,
} from '#language/voting-words';
import { createTriggerTable, type TriggerMatch } from './trigger-table.ts';

export interface RouterOptions {
  readonly commands: readonly AnyCommand[];
  /** Names that residents call the bot by, without @. */
  readonly botNames: readonly string[];
  /** Takes what is said to the bot in a residents' group or one-to-one without a trigger: a concern. */
  readonly concern: AnyCommand;
  /** Asks whether a question was meant as a concern; without it the routing's own text is used. */
  readonly unsure?: AnyCommand;
  /** Takes a photo without words, said to the bot or not; decides silently where it belongs to nothing. */
  readonly photo?: AnyCommand;
  /** Takes bare digits and words such as 赞成, and decides silently where no poll is open. */
  readonly bareNumber: AnyCommand;
  /** Takes a vote from a poll's page. */
  readonly pageBallot?: AnyCommand;
  /** Takes one for somebody who authorised the speaker. */
  readonly pageProxyBallot?: AnyCommand;
}

export interface RouteInput {
  readonly message: InboundMessage;
  /** Absent one-to-one. */
  readonly groupKind?: GroupKind;
  readonly roles: readonly Role[];
}

/** Where a message goes. `event` is a stable id for log and metrics. */
export type Route =
  | { readonly to: 'nobody'; readonly event: string }
  | { readonly to: 'command'; readonly command: AnyCommand; readonly rest: string; readonly original: string }
  | { readonly to: 'wrongRole'; readonly trigger: string }
  | { readonly to: 'unsure' }
  | { readonly to: 'unknown'; readonly likely: readonly AnyCommand[] };

export type Router = (input: RouteInput) => Route;

const SUGGESTIONS = 3;
const MOST_OPTIONS = 50;
/** Shorter remarks to the bot are no concern. */
const SHORTEST_CONCERN = 4;

const THANKS =
  /^(?:(?:好[的滴哒]?|行|嗯+|哦+|收到|知道了|明白了?|了解|ok|可以|没事了?|再见|拜拜|辛苦了?|(?:非常|多|太|十分)?(?:谢谢?|感谢|谢)[您你们啦了哈大家社区书记助手]*|辛苦[您你]了?)[!！。.~,，\s]*){1,3}$/iu;
const GREETING =
  /^(?:[你您]们?好|早上?好?|晚上好|下午好|中午好|大家好|在吗|在不在|喂|hello|hi)[!！?？。.~呀啊,，\s]*$/iu;

/** The words of a message without quote and mention, and whether they are for the bot. */
interface Heard {
  readonly text: string;
  readonly isAddressed: boolean;
  readonly isMentioned: boolean;
}

/** Routes by words alone; assertDistinctTriggers throws here when the table is ambiguous. */
export function createRouter(options: RouterOptions): Router {
  const table = createTriggerTable(options.commands);

  function toCommand(command: AnyCommand, original: string): Route {
    return { to: 'command', command, rest: normalizeCommandText(original), original };
  }

  function unknown(heard: Heard, input: RouteInput): Route {
    return { to: 'unknown', likely: table.likely(heard.text, input.roles, SUGGESTIONS) };
  }

  function unsure(heard: Heard): Route {
    return options.unsure ? toCommand(options.unsure, heard.text) : { to: 'unsure' };
  }

  /** 投 with what no vote looks like: 投修路 may be one, 投蜂网骗了我们… in a long message is a concern. */
  function likeVote(trigger: string, heard: Heard, input: RouteInput): Route | undefined {
    if (!isVotingTrigger(trigger)) return undefined;
    if (!mayNameOption(heard.text)) return unmatched(heard, input);
    return heard.isAddressed ? undefined : toCommand(options.bareNumber, heard.text);
  }

  function matched(match: TriggerMatch, heard: Heard, input: RouteInput): Route {
    const { command, trigger, original, isValidForm } = match;
    const isConcern = command.name === options.concern.name;
    if (looksLikeQuestion(heard.text) && (isConcern || !isValidForm)) {
      if (isConcern) return unsure(heard);
      return heard.isAddressed ? unknown(heard, input) : nobody('ignored.question');
    }
    const talk = isValidForm ? undefined : likeVote(trigger, heard, input);
    if (talk) return talk;
    if (!heard.isAddressed && !isValidForm) return nobody('ignored.unaddressed');
    if (command.roles.some((role) => input.roles.includes(role))) return toCommand(command, original);
    const isSmallTalk = !heard.isAddressed && original !== '' && !readNumberList(original);
    return isSmallTalk ? nobody('ignored.unaddressed') : { to: 'wrongRole', trigger };
  }

  function unmatched(heard: Heard, input: RouteInput): Route {
    if (!heard.isAddressed) return nobody('ignored.unaddressed');
    if (THANKS.test(heard.text)) return nobody('ignored.thanks');
    const isTalk = GREETING.test(heard.text) || looksLikeQuestion(heard.text) || table.isNearMiss(heard.text);
    const isLong = [...normalizeCommandText(heard.text.slice(0, 200))].length >= SHORTEST_CONCERN;
    return !isTalk && isAmongResidents(input) && isLong
      ? toCommand(options.concern, heard.text)
      : unknown(heard, input);
  }

  return (input) => {
    const fromPage = pageCommand(options, input.message.body.type);
    if (fromPage) return toCommand(fromPage, '');
    const heard = hear(input.message, options.botNames);
    if (!heard) return nobody('ignored.notText');
    if (isBlankOrEmoji(heard.text)) {
      const isPhoto = input.message.attachments.length > 0 && isAmongResidents(input);
      return isPhoto && options.photo ? toCommand(options.photo, '') : blank(heard, input, unknown);
    }
    if (isBareVote(heard.text) || (!heard.isAddressed && isNumberedName(heard.text)))
      return toCommand(options.bareNumber, heard.text);
    const match = table.match(heard.text);
    return match ? matched(match, heard, input) : unmatched(heard, input);
  };
}

function pageCommand(options: RouterOptions, type: InboundMessage['body']['type']): AnyCommand | undefined {
  if (type === 'ballot') return options.pageBallot;
  return type === 'proxyBallot' ? options.pageProxyBallot : undefined;
}

function isAmongResidents({ groupKind }: RouteInput): boolean {
  return groupKind === undefined || groupKind === 'residents';
}

function hear(message: InboundMessage, botNames: readonly string[]): Heard | undefined {
  const { body } = message;
  if (body.type === 'press') return { text: body.say.trim(), isAddressed: true, isMentioned: false };
  if (body.type !== 'text') return undefined;
  const { text, mentioned } = stripMention(stripQuote(body.text).text, botNames);
  const isMentioned = mentioned || message.mentionsBot;
  return { text, isMentioned, isAddressed: isMentioned || message.conversationKind === 'direct' };
}

/** A sticker is left alone; the bot's bare name, or a picture sent to it alone, gets the way to speak. */
function blank(heard: Heard, input: RouteInput, unknown: (heard: Heard, input: RouteInput) => Route): Route {
  const isCall = heard.isMentioned && heard.text === '';
  const isPicture = heard.isAddressed && input.message.attachments.length > 0;
  return isCall || isPicture ? unknown(heard, input) : nobody('ignored.blank');
}

function isBareNumber(text: string): boolean {
  if (text.length > 100 || /^\s*(?:t|#|诉求|议题)/iu.test(text)) return false;
  const list = readNumberList(text);
  if (!list || !/^[\s。.!！,，]*$/u.test(list.rest)) return false;
  return list.values.every((value) => value <= MOST_OPTIONS) || isOrderInOne(list.values);
}

/** 213: an order of options in one number, each once. */
function isOrderInOne([only = 0, ...others]: readonly number[]): boolean {
  const digits = String(only);
  return others.length === 0 && !digits.includes('0') && new Set(digits).size === digits.length;
}

/** What may be a vote although no trigger announces it: digits, 赞成, 排 2 1 3, 我投赞成. */
function isBareVote(said: string): boolean {
  const text = withoutThanks(said);
  return isBareNumber(text) || isStanceAlone(text) || isBallotForm(text) || claimsVote(text);
}

const LONGEST_NAMED = 20;

/** 1 修路: only the open polls know whether that is an option; whoever is spoken to alone hears a concern in it. */
function isNumberedName(text: string): boolean {
  if (text.length > LONGEST_NAMED) return false;
  const found = readLeadingNumber(text);
  return found !== undefined && found.kind === undefined && found.value <= MOST_OPTIONS;
}

const BALLOT_VERB = /^(?:(?:我们|咱们|我|咱|俺)家?|全家)?(?:要|想)?(?:排|打分|给分|分|选)/u;

/**
 * Figures with 排, 分 or 选 in front, or figures by option: 排 2 1 3, 2>1>3, 分 1:5 2:3, 1:5 2:3, 我选1. A single 18:30 is
 * a time.
 */
function isBallotForm(raw: string): boolean {
  const figures = readBallotFigures(raw);
  if (!figures) return false;
  const hasVerb = BALLOT_VERB.test(normalizeCommandText(raw));
  if (figures.kind === 'pairs') return figures.pairs.length > 1 || hasVerb;
  return hasVerb || (figures.values.length > 1 && /[>＞]/u.test(raw));
}

function isVotingTrigger(trigger: string): boolean {
  return (VOTING_TRIGGERS as readonly string[]).includes(trigger);
}

function nobody(event: string): Route {
  return { to: 'nobody', event };
}
