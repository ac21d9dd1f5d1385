import { oneOf } from './chance.ts';

const THINGS = [
  '路灯',
  '电梯',
  '下水道',
  '垃圾桶',
  '门禁',
  '健身器材',
  '消防栓',
  '楼道灯',
  '充电桩',
  '围墙',
  '水管',
  '监控',
];
const TROUBLES = [
  '坏了三天没人修',
  '一直漏水',
  '堵住了，味道很大',
  '晚上吵得睡不着',
  '被撞歪了很危险',
  '没有电',
  '锈穿了',
];
const WHEN = ['这几天', '上个星期开始', '每天晚上', '下雨以后', '今天早上', '国庆以后'];
const PLEAS = [
  '老人出门不方便',
  '孩子放学经过不安全',
  '跟物业说过两次',
  '麻烦安排人来看看',
  '希望给个时间',
  '大家都在等',
];
const TALK = [
  '谁家的猫跑到我家阳台了',
  '菜场今天的鱼新鲜',
  '有人一起拼车去医院吗',
  '明天降温，记得加衣服',
  '快递放门卫了',
  '好的',
  '哈哈哈',
];

/**
 * Lengths of 2,147 real messages to a city's message board, in characters: least, 10 %, 25 %, half, 75 %, 90 %,
 * 95 %, 99 % and longest.
 */
const LENGTHS = [9, 69, 112, 202, 404, 790, 1_120, 2_581, 4_714];
const SHARES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** A short concern as it is written in a chat: somewhere, something, since when. */
export function concernWords(dice: () => number): string {
  const where = `${1 + Math.floor(dice() * 80)}号楼${1 + Math.floor(dice() * 4)}单元`;
  return `${where}${oneOf(THINGS, dice)}${oneOf(TROUBLES, dice)}，${oneOf(WHEN, dice)}，${oneOf(PLEAS, dice)}`;
}

/** What neighbours say to each other; no concern of the bot. */
export function talkWords(dice: () => number): string {
  return oneOf(TALK, dice);
}

/** A letter as long as real ones are: the lengths follow those of the message board. */
export function letterWords(dice: () => number): string {
  const length = lengthAt(dice());
  let text = concernWords(dice);
  while (text.length < length) text += `。${concernWords(dice)}`;
  return text.slice(0, length);
}

/** The length below which this share of the real messages lies; linear between the known shares. */
export function lengthAt(share: number): number {
  const above = Math.max(
    1,
    SHARES.findIndex((known) => known >= share),
  );
  const [from = 0, to = 1] = SHARES.slice(above - 1, above + 1);
  const [least = 0, most = 0] = LENGTHS.slice(above - 1, above + 1);
  return Math.round(least + ((share - from) / (to - from)) * (most - least));
}
