import type { Place } from '#core/people';
import type { Poll, PollRules } from '#core/poll';
import type { ChoiceProblem } from '#core/vote-method';
import { problemWords } from './choice-texts.ts';
import { moneyWords, severalWords, type Ballot } from './method-words.ts';
import { rollHints } from './not-on-roll-texts.ts';

type Contact = Place['dutyContact'];
type StrangerPoll = Pick<Poll, 'electorate' | 'rollKind' | 'unit'>;

/** 社区 刘敏，0000-5550102 */
export function contactLine({ unit, name, phone }: Contact): string {
  return `${unit} ${name}，${phone}`;
}

/** How one chooses on the page, above the options. */
export function choosingWords({ method, options }: Ballot): string {
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return '选一项';
    case 'several':
      return severalWords(method, options.length);
    case 'ranking':
      return `${options.length}项都排，最想要的排第1`;
    case 'points':
      return `一共${method.points}分，分给各项，正好分完`;
    case 'score':
      return '每项打1至5分，5分最好';
    case 'budget':
      return `想要的都勾上，合计不超过${moneyWords(method.limit, method)}`;
  }
}

/** What is wrong with a choice; nothing was sent. */
export function notYetWords(poll: Ballot, problem: ChoiceProblem | 'nothing'): string {
  const why = problem === 'nothing' ? '还没有选' : problemWords(poll, problem);
  return `还没投出去：${why}。`;
}

/** The words of a poll's page. 您 to residents; what happened first, then what to do. */
export const VOTE_PAGE_WORDS = {
  tab: (title: string) => `表决：${title}`,
  asks: (place: string, topicNumber: number) => `${place}请您投票 · 议题#${topicNumber}`,
  closes: '截止时间',
  who: '谁能投',
  rules: '这次表决的规则',
  why: '为什么问您',
  frozen: (fingerprint: string) => `规则、选项和名册在发起时就定了，改不了。指纹 ${fingerprint}`,
  /** Who gets to see a choice. */
  seen: ({ showsNames }: Pick<PollRules, 'showsNames'>) =>
    showsNames === true
      ? '这次记名：谁选了什么，截止后大家查得到。'
      : '在这里投，群里看不见。社区看得到您投没投，看不到选了什么。',
  help: (contact: Contact) => `不会用？打${contact.phone}找${contact.unit} ${contact.name}，或到社区投纸票。`,

  signIn: '先说您是谁',
  signInWhy: '一人（一户）只算一票，所以要对一下名册。议事助手会私聊给您发6位投票码。',
  whoAmI: '您是哪一户，或者您在群里的名字',
  whoHint: '例如 3-2-501，或者 王芳',
  whoMissing: '还没写。写房号，或者您在群里的名字。',
  askCode: '发投票码给我',
  sent: '请看议事助手的私聊',
  sentWords: (who: string) => `名册里有「${who}」的话，议事助手已经私聊发了6位投票码，10分钟内有效。`,
  code: '6位投票码',
  codeMissing: '投票码是6个数字。',
  codeWrong: '这个投票码不对，或者过了时间。看看是不是最新的一个；试过5次就作废了，要再要一个。',
  enter: '开始投票',
  notGot: '没收到？',
  notGotWords: (poll: StrangerPoll, contact: Contact) => [
    '先跟议事助手私聊说一句话，比如「帮助」，一分钟以后再要一次。',
    ...rollHints(poll),
    `还是没有，可能名册里没有您。谁能投：${poll.electorate}。弄错了，找${contactLine(contact)}。`,
  ],
  askAgain: '再要一个投票码',
  otherPerson: '不是您？换人',

  next: '下一步',
  chosen: '您选的是',
  cast: '就这样投',
  back: '再想想',

  received: '已收到您的票',
  receipt: '回执',
  receiptWords: '回执证明您的票算在里面，看不出选了什么。可以截图留着。',
  castAt: (moment: string) => `${moment}收到`,
  entered: (label: string, path: string) => `社区按${path}替${label}录的。`,
  castForYou: (label: string) => `受${label}委托的人投的。您自己再投，以您的为准。`,
  held: (count: number, unit: string) => `您还受${count}${unit}委托`,
  heldWords: '照对方的意思投，一份一份分开投。本人自己投的，以本人的为准。',
  voteFor: (label: string) => `替${label}投`,
  changeFor: (label: string) => `改投：替${label}`,
  notVoted: '还没有票。',
  ownStands: '已经有自己的票，以那一票为准，不用代投。',
  otherCast: '已经有别人代投的票。',
  heldInChat: (say: string, decline: string) =>
    `私聊说也行：「${say}」，最后是选项的数字。不想代，「${decline}」。`,
  votingFor: (label: string) => `替${label}投票`,
  votingForWords: '这不是您自己的票。照对方的意思选。',
  chosenFor: (label: string) => `替${label}选的是`,
  castForOther: (label: string) => `已收到您替${label}投的票`,
  castForOtherWords: '对方会知道您投了，不会知道选了什么。',
  toOwn: '回到自己的票',
  forVoter: (label: string) => `替${label}投的`,
  notHeld: '现在没有这样委托您的。可能撤销了，或者退回了。',
  overruled: '对方已经有自己的票，以那一票为准。',
  later: (closes: string) => `结果在${closes}截止后发到群里，也可以再打开这个链接看。`,
  change: '改票',
  changing: '改了以后，原来的不算。',
  noBallot: '没有您的票。',
  check: '核对我的票',

  underWay: '正在送出…',
  underWayWords: '您的票已经存下，马上就算进去。这一页会自己变，别关。',
  notCounted: (why: string) => `这一票没算进去：${why}`,
  late: (closed: string) => `这次表决已在${closed}截止。`,
  notOnRoll: (poll: StrangerPoll, contact: Contact) =>
    `名册里没有您。谁能投：${poll.electorate}。${rollHints(poll).join('')}弄错了，找${contactLine(contact)}核对。`,
  annulled: (reason: string) => `这次表决作废了，投过的票都不算。原因：${reason}`,
  counting: (closed: string) => `已在${closed}截止，正在计票，过几分钟再来看。`,
  /** A vote that bears a later time stands already: a vendor's clock may go before ours. */
  overtaken: '这次没有改：您的另一票时间更晚，以那一票为准。过几分钟再投一次，就改过来。',
  unknownFate: '没有找到刚才那一票。再投一次，不会算两票。',

  result: '结果',
  turnout: (roll: number, voted: number, unit: string) => `${roll}${unit}投了${voted}${unit}`,
  advice: '结果供决策参考。',

  linkWrong: '没有找到这个表决',
  linkWrongWords: '看看链接有没有抄全。结果和新的表决，都在群里。',
  linkExpired: '这个链接过期了',
  linkExpiredWords: '表决早就结束了，结果在群里。想再看，找社区。',
  tooFast: '点得太快了',
  tooFastWords: '歇一分钟再来。刚才这一下没有投出去。',
  strange: '这一页放得太久了',
  strangeWords: '重新打开链接，再选一次。刚才这一下没有投出去。',
  failed: '没送到',
  failedWords: '过一会儿再试，不会算两票。',
} as const;
