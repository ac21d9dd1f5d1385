import type { GroupRow } from '../../../../src/http/contract-views.ts';
import { deliveryWord, GROUP_KIND_WORDS } from '../../../../src/texts/words.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { useList } from '../data/reads.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { Page } from '../shared/page.tsx';

const CHANNELS: Readonly<Record<string, string>> = { web: '演示', wechaty: '微信', wecom: '企业微信' };
const WORDS = ['waiting', 'handedOver', 'delivered', 'needsTap', 'uncertain', 'failed'] as const;

/** The groups the assistant is in, and how the last message to each went. */
export function GroupsPage() {
  const list = useList<GroupRow>('groups');
  return (
    <Page title="群">
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(groups) =>
          groups.length === 0 ? (
            <EmptyNote>还没有群。把助手拉进群，在群里@它说一句话，就会出现在这里。</EmptyNote>
          ) : (
            <ul className="rows card-rows">
              {groups.map((group) => (
                <GroupLine key={group.id} group={group} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

function GroupLine({ group }: { group: GroupRow }) {
  const { moment } = useDates();
  const word = WORDS.find((code) => code === group.lastDelivery?.word);
  return (
    <li className="row">
      <span className="row-main">
        <bdi>{group.name}</bdi>
        <span className="row-note">
          {group.members}人，{wordOf(CHANNELS, group.channel)}
          {group.unit !== undefined && (
            <>
              ，<bdi>{group.unit}</bdi>
            </>
          )}
        </span>
      </span>
      <span className="row-side">
        <Tag>{wordOf(GROUP_KIND_WORDS, group.kind)}</Tag>
        {group.lastDelivery && word && (
          <span className="row-note">
            上一条{deliveryWord(word)}，{moment(group.lastDelivery.at)}
          </span>
        )}
      </span>
    </li>
  );
}
