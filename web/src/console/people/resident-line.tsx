import { Button } from 'antd';
import { useState } from 'react';

import type { PersonRow } from '../../../../src/http/contract-views.ts';
import type { HouseholdRow } from '../../../../src/http/contract-roster.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { useList } from '../data/reads.ts';
import { StepButton } from '../shared/step-button.tsx';

type Resident = HouseholdRow['residents'][number];

/** One resident of the roster, and who in chat they are. */
export function ResidentLine({ resident }: { resident: Resident }) {
  const [linking, setLinking] = useState(false);
  return (
    <li>
      <bdi>{resident.name}</bdi>
      {resident.phoneTail !== undefined && <span className="row-note">尾号{resident.phoneTail}</span>}
      {resident.isOwner && <Tag>业主</Tag>}
      {resident.persons.map((person) => (
        <span key={person.id} className="linked-person">
          <Tag tone="green">
            群里的<bdi>{person.name}</bdi>
          </Tag>
          <StepButton
            step="roster.unlink"
            input={{ residentId: resident.id, personId: person.id }}
            label={`取消和${person.name}对上`}
          />
        </span>
      ))}
      <Button
        aria-expanded={linking}
        onClick={() => setLinking(!linking)}
        aria-label={`给${resident.name}对上群里的人`}
      >
        {linking ? '收起' : '对上'}
      </Button>
      {linking && <LinkChoices resident={resident} onDone={() => setLinking(false)} />}
    </li>
  );
}

const MOST_SHOWN = 8;

/** People in chat of the same name; who is called otherwise there says 绑定. */
function LinkChoices({ resident, onDone }: { resident: Resident; onDone: () => void }) {
  const list = useList<PersonRow>('people', { search: resident.name });
  const known = new Set(resident.persons.map(({ id }) => id));
  const people = (list.items ?? []).filter(({ id }) => !known.has(id)).slice(0, MOST_SHOWN);
  return (
    <div className="link-choices">
      <ProblemNote problem={list.error} onAgain={list.refetch} />
      {list.items && people.length === 0 && (
        <p className="quiet">群里没有叫这个名字的。请他私聊助手说「绑定」。</p>
      )}
      {people.map((person) => (
        <StepButton
          key={person.id}
          step="roster.link"
          input={{ residentId: resident.id, personId: person.id }}
          label={`就是${person.name}（${person.groups.join('、') || '没有群'}）`}
          onDone={onDone}
        />
      ))}
    </div>
  );
}
