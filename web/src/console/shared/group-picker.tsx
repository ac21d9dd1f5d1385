import { Button } from 'antd';

import type { GroupRow } from '../../../../src/http/contract-views.ts';
import { GROUP_KIND_WORDS } from '../../../../src/texts/words.ts';
import { FieldNotes, type FieldProps } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { wordOf } from '../../components/word-of.ts';
import { useList } from '../data/reads.ts';

interface GroupPickerProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
  /** Only groups of these kinds, e.g. residents. */
  readonly kinds?: readonly string[];
}

/** Groups to send to, each with its size. */
export function GroupPicker({ value, onChange, kinds, ...field }: GroupPickerProps) {
  const groups = useGroups(kinds);
  const chosen = new Set(value);
  const toggle = (id: string) =>
    onChange(chosen.has(id) ? value.filter((other) => other !== id) : [...value, id]);
  return (
    <fieldset className="field choices">
      <legend>{field.label}</legend>
      <ProblemNote problem={groups.error} onAgain={groups.refetch} />
      <div className="choices-column">
        {groups.items?.map((group, index) => (
          <label key={group.id} className={chosen.has(group.id) ? 'choice choice-on' : 'choice'}>
            <input
              type="checkbox"
              id={index === 0 ? field.id : `${field.id}-${group.id}`}
              checked={chosen.has(group.id)}
              onChange={() => toggle(group.id)}
            />
            <bdi>{group.name}</bdi>
            <span className="choice-note">
              {wordOf(GROUP_KIND_WORDS, group.kind)}，{group.members}人
            </span>
          </label>
        ))}
      </div>
      {(groups.items?.length ?? 0) > 2 && (
        <Button
          type="link"
          className="pick-all"
          onClick={() => onChange(groups.items?.map((group) => group.id) ?? [])}
        >
          选上全部{groups.items?.length}个群
        </Button>
      )}
      <FieldNotes id={field.id} hint={field.hint} error={field.error} />
    </fieldset>
  );
}

/** The groups of the place, or those of the given kinds. */
export function useGroups(kinds?: readonly string[]) {
  const list = useList<GroupRow>('groups');
  return { ...list, items: list.items?.filter((group) => kinds === undefined || kinds.includes(group.kind)) };
}
