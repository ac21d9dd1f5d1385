import type { StepInput } from '../../../../src/http/contract.ts';
import type { RosterListRow } from '../../../../src/http/contract-roster.ts';
import { SelectField } from '../../components/select-field.tsx';
import { useList } from '../data/reads.ts';

type Electorate = NonNullable<StepInput<'poll.open'>['electorateOf']>;

const LIST = 'list:';
const KINDS = [
  { value: 'members', label: '群里的人，每人1票' },
  { value: 'households', label: '名册里的住户，每户1票' },
  { value: 'residents', label: '名册里的居民，每人1票' },
] as const;

/** Who votes: those in the groups, by the roster, or a list. */
export function VotersField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const lists = useList<RosterListRow>('roster-lists');
  return (
    <SelectField
      id={id}
      label="谁能投"
      hint="按户投，一户里谁投都行，以最后投的为准；自己投过的，纸票不再算"
      value={value}
      onChange={onChange}
      options={[
        ...KINDS,
        ...(lists.items ?? []).map(({ id: listId, name }) => ({
          value: `${LIST}${listId}`,
          label: `名单：${name}`,
        })),
      ]}
    />
  );
}

/** Who votes, as the form holds it. */
export interface VoterValues {
  /** A kind, or `list:` and the list's id. */
  readonly voters: string;
  /** Of the roster: only these buildings. None chosen: all. */
  readonly buildings: readonly string[];
  /** Of the one building that is chosen: only these units. None chosen: all. */
  readonly units: readonly string[];
}

export function isByRoster(voters: string): voters is 'households' | 'residents' {
  return voters === 'households' || voters === 'residents';
}

/** The step's input for what was chosen. */
export function electorateOf({ voters, buildings, units }: VoterValues): Electorate {
  if (voters.startsWith(LIST)) return { kind: 'list', listId: voters.slice(LIST.length) };
  if (!isByRoster(voters)) return { kind: 'members' };
  if (buildings.length === 0) return { kind: voters };
  const within = { buildings: [...buildings], ...(units.length > 0 && { units: [...units] }) };
  return { kind: voters, within };
}
