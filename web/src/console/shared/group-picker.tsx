import { Button } from 'antd';

import type { GroupRow } from '../../../../src/http/contract-views.ts';
import { GROUP_KIND_WORDS } from '../../../../src/texts/words.ts';
import { ChecksField } from '../../components/checks-field.tsx';
import type { FieldProps } from '../../components/field.tsx';
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
export function GroupPicker({ kinds, ...field }: GroupPickerProps) {
  const groups = useGroups(kinds);
  const items = groups.items ?? [];
  return (
    <ChecksField
      {...field}
      direction="column"
      options={items.map(({ id, name, kind, members }) => ({
        value: id,
        label: name,
        note: `${wordOf(GROUP_KIND_WORDS, kind)}，${members}人`,
      }))}
    >
      <ProblemNote problem={groups.error} onAgain={groups.refetch} />
      {items.length > 2 && (
        <Button type="link" className="pick-all" onClick={() => field.onChange(items.map(({ id }) => id))}>
          选上全部{items.length}个群
        </Button>
      )}
    </ChecksField>
  );
}

/** The groups of the place, or those of the given kinds. */
export function useGroups(kinds?: readonly string[]) {
  const list = useList<GroupRow>('groups');
  return { ...list, items: list.items?.filter((group) => kinds === undefined || kinds.includes(group.kind)) };
}
