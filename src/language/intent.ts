import { extractSlots } from './concern-slots.ts';
import { findFacilities } from './facilities.ts';
import { normalizeCommandText } from './normalize.ts';

/** A longer text tells a story; its question marks are indignation. */
const MAX_QUESTION_CHARS = 24;

/** Words of the procedure itself, not of a matter in the neighbourhood. */
const PROCEDURE =
  /反映|反应|报修|投诉|举报|建议|诉求|登记|附议|投票|表决|选票|回执|议题|报名|请假|协商会|进度|评价|公示|异议|补充|交办|办结|延期|反馈|工单|热线|电话|通知|帮助|助手|机器人|群主/u;
const ASKS_HOW =
  /在?哪(?:里|儿|个|边|些|填|交|找|看|查|办|报|投|弄|能|可)?|怎么|怎样|咋|如何|谁|什么|多少|几(?:点(?![建意问])|时|号|天|个)|能不能|可不可以|可以.{0,8}吗|能.{0,8}吗|要不要|是不是|有没有|算不算|行不行/u;
const ENDS_ASKING = /(?:吗|么|嘛|没有|没|了没|呢|不)[?!.。~ ]*$|[?]+[!.。 ]*$/u;
/** 路灯谁管, 电梯找谁: a thing, and who is in charge of it. */
const ASKS_WHO =
  /谁(?:来)?(?:管|负责|修|处理)|归(?:谁|哪)|找谁|找哪|打(?:什么|哪个)电话|电话(?:是)?多少|(?:哪个|什么)(?:部门|单位)/u;
/** 怎么还没修好, 为什么总是: these ask nothing, they complain. */
const RHETORICAL =
  /怎么(?:又|还|老|总|这么|那么|没人|没有|不|就)|为什么(?:又|还|老|总|没|不)|凭什么|什么时候(?:才|能|修|可以)|到底|何时(?:才|能|休)|没人管|谁来(?:管管|管一管)|有没有人/u;
/** 反映路灯没有, 建议装个路灯可以吗: a verb of raising in front of a thing raises it, whatever ends the sentence. */
const RAISES = /^(?:我要|我想|想|要)?(?:反映|反应|报修|投诉|举报|建议)/u;
/** Something is wrong: whoever says so has a concern, however it is worded. */
const FAULT =
  /坏|不亮|不通|堵|漏|渗|臭|脏|吵|扰民|噪|停水|停电|没水|没电|断|裂|破|塌|掉|松|锈|卡住|困|乱|占|积水|满了|不热|失灵|不走|不动|不修|没修|隐患|危险|太|严重|三天|几天|好久|很久|一直/u;

/**
 * True for a short question about the procedure or about who is in charge (报修单在哪里, 怎么反映, 路灯谁管, 反映了没有), which is
 * to be answered, not registered. False for a concern that is worded as a question (路灯怎么还没修好), for anything that
 * names a building or a fault, and for every text over 24 characters.
 */
export function looksLikeQuestion(text: string): boolean {
  // Far longer than the limit before folding: no need to fold 20,000 characters to refuse them.
  if (text.length > MAX_QUESTION_CHARS * 8) return false;
  const plain = normalizeCommandText(text);
  if (plain === '' || [...plain].length > MAX_QUESTION_CHARS) return false;
  if (RHETORICAL.test(plain) || FAULT.test(plain)) return false;
  if (extractSlots(plain).buildings.length > 0) return false;
  if (ASKS_WHO.test(plain)) return true;
  if (RAISES.test(plain) && findFacilities(plain).length > 0) return false;
  return PROCEDURE.test(plain) && (ASKS_HOW.test(plain) || ENDS_ASKING.test(plain));
}
