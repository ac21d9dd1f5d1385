import { cleanUserText, fitUnits } from './clean-text.ts';

/** Width of a title in full-width units: short enough for one line on an old phone. */
export const TITLE_UNITS = 12;

// Greetings, who I am, and the verb of complaining: none says what the matter is.
const PADDING = [
  /^(?:尊敬的|敬爱的|亲爱的|各位)?[\p{Script=Han}a-z0-9]{0,8}?(?:领导|书记|市长|县长|区长|局长|主任|网格员|工作人员|管理员|群主|邻居|老师|同志)们?(?:[您你]们?)?(?:好|(?=[:：,，!！]))/iu,
  /^(?:您好|你好|大家好|早上好|下午好|晚上好|在吗|hi|hello|打扰(?:一下|了)?|麻烦(?:一下|问一下|你们|您)?|谢谢)(?:啊|呀|哈)?/iu,
  /^(?:我想|我要|想要|想|要)?(?:请问|咨询|问问|问|反映|反应|投诉|举报|报修|报告|反馈|说)(?![单员箱表栏]|电话|热线)(?:一下|下|一个|个)?(?:问题|情况|意见|事情|事)?/u,
  /^(?:我|本人)(?:们)?(?:是|住在|家住|住)?[^,，。.!！?？;；:：\n]{0,16}?(?:的)?(?:业主|居民|住户|租户|村民|市民|群众)/u,
  /^(?:就是|那个|这个|嗯|呃|啊|哎|唉|关于)/u,
];
const CLAUSE_END = /[,，。.!！?？;；\n…]/u;
const ONLY_A_PLACE = /^.{0,8}(?:楼|栋|幢|座|单元|小区|门口|层|室|路|街|号)$/u;
const JOINTS = /^[\s,，。.!！?？;；:：、~～\-—…]+/u;

function withoutPadding(text: string): string {
  let left = text.replace(JOINTS, '');
  for (let round = 0; round < 8; round += 1) {
    const before = left;
    for (const pattern of PADDING) left = left.replace(pattern, '').replace(JOINTS, '');
    if (left === before) break;
  }
  return left;
}

function firstClause(text: string): string {
  const end = text.search(CLAUSE_END);
  const clause = end < 0 ? text : text.slice(0, end);
  // 三号楼，路灯坏了: the first clause names only the place.
  const next = end < 0 ? '' : text.slice(end).replace(JOINTS, '');
  if (next === '' || !ONLY_A_PLACE.test(clause)) return clause;
  const nextEnd = next.search(CLAUSE_END);
  return clause + (nextEnd < 0 ? next : next.slice(0, nextEnd));
}

/**
 * A short title out of a resident's words, to be quoted in 「…」: the first clause that says something, without
 * greetings, at most `maxUnits` full-width units, cut between graphemes with … at the end. Empty only for a text
 * without words.
 */
export function titleOf(text: string, maxUnits = TITLE_UNITS): string {
  const head = cleanUserText(text.slice(0, 600)).text;
  const clause = firstClause(withoutPadding(head)) || firstClause(head.replace(JOINTS, ''));
  const title = clause.replaceAll('「', '『').replaceAll('」', '』').replace(/\s+/gu, ' ').trim();
  return fitUnits(title, maxUnits);
}
