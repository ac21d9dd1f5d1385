import { cutByCodePoints } from './clean-text.ts';

export interface Unquoted {
  /** The message that was quoted in front, when there was one. */
  readonly quote?: { readonly author: string; readonly text: string };
  /** What the sender wrote. */
  readonly text: string;
}

const RULER = /^[ \t\u2005\u3000]*(?:[-—–－─][ \t\u2005\u3000]*){5,}$/u;
const OPENING = /^\s*(?:这是一条引用[/／]回复消息[:：]\s*)?([「“"])/u;
const CLOSING: Readonly<Record<string, string>> = { '「': '」', '“': '”', '"': '"' };

function balance(text: string, open: string, close: string): number {
  return text.split(open).length - text.split(close).length;
}

/** The line of dashes that ends the quote; a quote may hold a quote, so brackets must be even before it. */
function rulerLine(lines: readonly string[], open: string, close: string): number {
  let last = -1;
  let depth = 0;
  for (const [at, line] of lines.entries()) {
    const isRuler = at > 0 && RULER.test(line) && (lines[at - 1] ?? '').trimEnd().endsWith(close);
    if (isRuler && (open === close || depth <= 0)) return at;
    if (isRuler) last = at;
    depth += balance(line, open, close);
  }
  return last;
}

/**
 * Takes a quoted message off the front, as WeChat clients and wechat4u render it in plain text:
 * `「name：quoted」`, a line of dashes, then the reply. A text without that line is returned as it is.
 */
export function stripQuote(text: string): Unquoted {
  const opening = OPENING.exec(text);
  const open = opening?.[1];
  const close = open && CLOSING[open];
  if (!opening || !open || !close) return { text };
  const lines = text.split(/\r?\n/);
  const ruler = rulerLine(lines, open, close);
  if (ruler < 0) return { text };
  const inside = lines.slice(0, ruler).join('\n').slice(opening[0].length).trimEnd().slice(0, -close.length);
  const colon = inside.search(/[:：]/);
  const author = colon < 0 ? '' : cutByCodePoints(inside.slice(0, colon).trim(), 64);
  return {
    quote: { author, text: inside.slice(colon + 1).trim() },
    text: lines
      .slice(ruler + 1)
      .join('\n')
      .trim(),
  };
}

const GAP = '[\\s\\u2005\\u200b-\\u200f\\ufeff]';
const SAYS_BOT = /(?:助手|助理|管家|机器人|小助|bot)$/iu;

function escapePattern(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function mentionPatterns(
  botNames: readonly string[],
): { front: RegExp; back: RegExp; within: RegExp } | undefined {
  const names = botNames.map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) return undefined;
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  const any = longestFirst.map(escapePattern).join('|');
  const bare = longestFirst
    .map((name) => escapePattern(name) + (SAYS_BOT.test(name) ? '' : `(?=$|${GAP}|[,，:：、。!！])`))
    .join('|');
  const after = `(?:${GAP}|[,，:：、。!！])*`;
  return {
    front: new RegExp(`^${GAP}*(?:[@＠]${GAP}?(?:${any})|${bare})${after}`, 'iu'),
    back: new RegExp(`(?<!${GAP})${GAP}*[@＠](?:${any})${GAP}*$`, 'iu'),
    within: new RegExp(`[@＠](?:${any})(?=$|${GAP})`, 'iu'),
  };
}

/**
 * Takes the bot's name off the front and the end, with @ (half or full width, with any space or none behind it) or,
 * in front, without. A bare name needs a gap behind it unless it says that it is a bot: in 幸福里3号楼 the word 幸福里 is
 * a place. A mention within the text counts and stays where it is.
 */
export function stripMention(
  text: string,
  botNames: readonly string[],
): { text: string; mentioned: boolean } {
  const patterns = mentionPatterns(botNames);
  if (!patterns) return { text: text.trim(), mentioned: false };
  let left = text;
  for (let times = 0; times < 3; times += 1) {
    left = left.replace(patterns.front, '').replace(patterns.back, '');
  }
  const mentioned = left !== text || patterns.within.test(left);
  return { text: left.trim(), mentioned };
}

/** Names of WeChat's own stickers as they arrive in plain text, and of message kinds shown in brackets. */
const STICKERS = new Set(
  (
    '微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 囧 冷汗 抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 饥饿 困 ' +
    '惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 ' +
    '快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 示爱 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 ' +
    '太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 no ok 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 挥手 激动 街舞 献吻 ' +
    '左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 吃瓜 加油 加油加油 汗 天啊 emm 社会社会 旺柴 好的 打脸 哇 翻白眼 666 让我看看 叹气 苦涩 裂开 ' +
    '合十 红包 發 福 庆祝 烟花 爆竹 鸡 破涕为笑 笑脸 生病 脸红 恐惧 失望 无语 图片 表情 动画表情'
  ).split(' '),
);

function withoutStickers(text: string): string {
  return text.replace(/[[［]([^[\]［］]{1,8})[\]］]/gu, (code, name: string) =>
    STICKERS.has(name.toLowerCase()) ? '' : code,
  );
}

/**
 * True when there is nothing to read: empty, white space, punctuation, emoji or WeChat sticker codes such as [微笑].
 * A number in any dress (1️⃣ and ① too) is something to read, for it may be a ballot.
 */
export function isBlankOrEmoji(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(
    withoutStickers(text).replace(/[\u{1f110}-\u{1faff}\u3297\u3299\u2139\u3164\uffa0\u115f\u1160]/gu, ''),
  );
}
