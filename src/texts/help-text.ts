import type { Role } from '#core/people';
import { GROUP_LIMITS, lineUnits } from './catalogue.ts';
import { oneLine, widthInUnits } from './units.ts';
import { contactWords, type Contact } from './words.ts';

/** What 帮助 needs of a line of the command table. */
export interface HelpCommand {
  readonly name: string;
  readonly triggers: readonly string[];
  readonly summary: string;
  readonly example: string;
  readonly roles: readonly Role[];
}

/** Commands that are shown together behind one label, in this order. A name without a command is left out. */
interface HelpGroup {
  readonly label: string;
  readonly names: readonly string[];
}

const RESIDENT_HELP: readonly HelpGroup[] = [
  { label: '有事', names: ['concern.raise'] },
  { label: '我也一样', names: ['concern.endorse'] },
  { label: '办到哪了', names: ['concern.progress'] },
  { label: '补一句', names: ['concern.supplement'] },
  { label: '表决', names: ['ballot.cast'] },
  { label: '开会', names: ['meeting.come'] },
  { label: '打分', names: ['rating.give'] },
  { label: '不同意', names: ['outcome.object'] },
  { label: '凭据', names: ['ballot.receipt'] },
];

const UNIT_HELP: readonly HelpGroup[] = [
  { label: '办好', names: ['assignment.report'] },
  { label: '要延', names: ['assignment.askExtension'] },
  { label: '不归我们', names: ['assignment.return'] },
];

const SECRETARY_HELP: readonly HelpGroup[] = [
  { label: '办诉求', names: ['concern.answer', 'concern.merge', 'topic.create'] },
  { label: '先预览再发', names: ['poll.prepare', 'meeting.prepare', 'outcome.prepare', 'notice.prepare'] },
  { label: '交办', names: ['assignment.confirm', 'assignment.sendBack', 'assignment.urge'] },
];

const HELP: Readonly<Record<Role, readonly HelpGroup[]>> = {
  resident: RESIDENT_HELP,
  department: UNIT_HELP,
  liaison: UNIT_HELP,
  secretary: SECRETARY_HELP,
  admin: SECRETARY_HELP,
};

export interface HelpRequest {
  readonly role: Role;
  /** In a group help is at most four lines; one-to-one six. */
  readonly kind: 'group' | 'direct';
  readonly commands: readonly HelpCommand[];
  /** Residents are told whom to call. */
  readonly contact: Contact;
  /** How much waits: for secretaries what is to be done today, for units what they have in hand. */
  readonly waiting?: number | undefined;
  /** Where secretaries find the rest. */
  readonly link?: string | undefined;
}

/** 帮助: what this role can say, out of the command table, as much of it as a short message holds. */
export function helpText(request: HelpRequest): string {
  const first = headLine(request);
  const last = footLine(request);
  const fixed = [...first, ...last];
  const lines = (request.kind === 'group' ? 4 : 6) - fixed.length;
  const units = request.kind === 'group' ? GROUP_LIMITS.units : Infinity;
  const room = units - fixed.reduce((sum, line) => sum + lineUnits(line), 0);
  return [...first, ...filledLines(segmentsFor(request), lines, room), ...last].join('\n');
}

function headLine({ role, waiting }: HelpRequest): string[] {
  if (waiting === undefined || role === 'resident') return [];
  return [
    SECRETARY_ROLES.has(role) ? `今天要办${waiting}件，发「待办」。` : `在办${waiting}件，发「交办」看清单。`,
  ];
}

function footLine({ role, contact, link }: HelpRequest): string[] {
  if (role === 'resident') return [`找人：${contactWords(contact)}`];
  return SECRETARY_ROLES.has(role) && link !== undefined ? [`更多：${link}`] : [];
}

const SECRETARY_ROLES: ReadonlySet<Role> = new Set(['secretary', 'admin']);

/** Labelled groups first, then whatever else the role may say and a trigger exists for. */
function segmentsFor({ role, commands }: HelpRequest): string[] {
  const wanted: Role = role === 'admin' ? 'secretary' : role;
  const usable = commands.filter(({ roles, triggers }) => roles.includes(wanted) && triggers.length > 0);
  const groups = HELP[role];
  const named = new Set(groups.flatMap(({ names }) => names));
  const grouped = groups.map(({ label, names }) => {
    const says = names.flatMap((name) => usable.filter((command) => command.name === name)).map(sayOf);
    return says.length === 0 ? '' : `${label}：${says.join('')}`;
  });
  const others = usable
    .filter(({ name }) => !named.has(name))
    .map((command) => `${command.summary}：${sayOf(command)}`);
  return [...grouped, ...others].filter((segment) => segment !== '');
}

const LONGEST_EXAMPLE_UNITS = 11;
const LONGEST_NUMBER_UNITS = 6;

/** The example, or its trigger and numbers with … when it is long: 答复 12 …, 延期 T5 至12月31日 …. */
function sayOf({ example }: HelpCommand): string {
  const whole = oneLine(example);
  if (widthInUnits(whole) <= LONGEST_EXAMPLE_UNITS) return `「${whole}」`;
  const [trigger = '', ...rest] = whole.split(' ');
  const isNumber = (word: string): boolean => /\d/u.test(word) && widthInUnits(word) <= LONGEST_NUMBER_UNITS;
  const end = rest.findIndex((word) => !isNumber(word));
  return `「${[trigger, ...rest.slice(0, end < 0 ? rest.length : end), '…'].join(' ')}」`;
}

const GAP = '　';

/** Segments in their order on as few lines as possible; one that has no room is left out, later ones may fit. */
function filledLines(segments: readonly string[], lines: number, units: number): string[] {
  const filled: string[] = [];
  let room = units;
  for (const segment of segments) {
    const width = lineUnits(segment);
    const line = filled.at(-1);
    if (line !== undefined && lineUnits(line) + 1 + width <= GROUP_LIMITS.unitsPerLine && room >= width + 1) {
      filled[filled.length - 1] = line + GAP + segment;
      room -= width + 1;
    } else if (filled.length < lines && room >= width && width <= GROUP_LIMITS.unitsPerLine) {
      filled.push(segment);
      room -= width;
    }
  }
  return filled;
}
