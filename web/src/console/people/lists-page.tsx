import { Button } from 'antd';
import { useState } from 'react';

import type { RosterListRow } from '../../../../src/http/contract-roster.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useList } from '../data/reads.ts';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { Page } from '../shared/page.tsx';
import { PeopleTabs } from './people-tabs.tsx';

type Kind = RosterListRow['kind'];

/** Lists of people: the council, and any other that a poll may be for. */
export function ListsPage() {
  const list = useList<RosterListRow>('roster-lists');
  const [editing, setEditing] = useState<RosterListRow | 'new' | undefined>(undefined);
  return (
    <Page
      title="名单"
      actions={
        editing === undefined && (
          <Button type="primary" onClick={() => setEditing('new')}>
            新名单
          </Button>
        )
      }
    >
      <PeopleTabs current="lists" />
      {editing !== undefined && (
        <ListForm
          key={editing === 'new' ? 'new' : editing.id}
          list={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(lists) =>
          lists.length === 0 ? (
            <EmptyNote>还没有名单。议事会成员，或只给一部分人的表决，先在这里写下名单。</EmptyNote>
          ) : (
            <ul className="rows card-rows">
              {lists.map((one) => (
                <li key={one.id} className="row">
                  <span className="row-main">
                    <bdi>{one.name}</bdi>
                    <span className="row-note">{one.lines.length}人</span>
                  </span>
                  <span className="row-side">
                    {one.kind === 'council' && <Tag>议事会</Tag>}
                    <Button onClick={() => setEditing(one)} aria-label={`改${one.name}`}>
                      改
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function ListForm({ list, onClose }: { list: RosterListRow | undefined; onClose: () => void }) {
  const { take } = useSteps();
  const form = useForm<{ name: string; kind: Kind; lines: string }>({
    initial: { name: list?.name ?? '', kind: list?.kind ?? 'council', lines: list?.lines.join('\n') ?? '' },
    check: ({ name, lines }) => ({
      ...(name.trim() === '' && { name: '还没写名单的名字' }),
      ...(lines.trim() === '' && { lines: '一行写一个人' }),
    }),
  });
  const save = async () => {
    const done = await form.submit(({ name, kind, lines }) =>
      take('roster.saveList', {
        name: name.trim(),
        kind,
        lines: lines.split('\n'),
        ...(list && { listId: list.id }),
      }),
    );
    if (done) onClose();
  };
  return (
    <StepForm form={form} look="page" label="名单" action="存名单" onSend={save} onCancel={onClose}>
      <TextField {...form.field('name')} label="名单的名字" max={20} />
      <ChoiceField<Kind>
        id={form.fieldId('kind')}
        label="是什么名单"
        value={form.values.kind}
        onChange={(kind) => form.set('kind', kind)}
        options={[
          { value: 'council', label: '议事会' },
          { value: 'named', label: '别的' },
        ]}
      />
      <TextField
        {...form.field('lines')}
        label="有谁"
        hint="一行一个：3-2-501 王芳。不在名册里的，写群里的名字"
        rows={6}
        max={50_000}
      />
    </StepForm>
  );
}
