import type {
  AssignmentRow,
  ConcernRow,
  MeetingRow,
  NoticeRow,
  Page,
  TopicRow,
} from '../../../../src/http/contract-views.ts';
import { api } from '../../api/client.ts';
import { addresses } from '../data/addresses.ts';

interface Numbered {
  readonly id: string;
  readonly number: number;
}

/** The address of what was asked for by number (#12, 议题3, T5, 协商会4, 通知8), else the queue searched for the words. */
export async function findAddress(
  placeId: string,
  words: string,
  isSecretary: boolean,
): Promise<string | undefined> {
  const plain = words.normalize('NFKC').replace(/\s/gu, '');
  const [, kind = '', digits = ''] = /^(T|诉求|议题|协商会|通知)?#?(\d{1,7})$/iu.exec(plain) ?? [];
  if (digits === '')
    return isSecretary ? `${addresses.concerns}?state=all&search=${encodeURIComponent(words)}` : undefined;
  const find = async <Row extends Numbered>(path: string, address: (id: string) => string) => {
    const row = await findNumber<Row>(placeId, path, Number(digits));
    return row && address(row.id);
  };
  switch (kind.toUpperCase()) {
    case 'T':
      return find<AssignmentRow>('assignments?state=all', addresses.assignment);
    case '议题':
      return find<TopicRow>('topics?', addresses.topic);
    case '协商会':
      return find<MeetingRow>('meetings?', addresses.meeting);
    case '通知':
      return find<NoticeRow>('notices?', addresses.notice);
    default:
      return find<ConcernRow>(`concerns?state=all&search=${digits}`, addresses.concern);
  }
}

/** Goes through the pages of a list until the number turns up. */
async function findNumber<Row extends Numbered>(
  placeId: string,
  path: string,
  number: number,
): Promise<Row | undefined> {
  let after: string | undefined;
  do {
    const query = new URLSearchParams({
      place: placeId,
      limit: '100',
      ...(after !== undefined && { after }),
    });
    const page: Page<Row> = await api<Page<Row>>(`/api/console/${path}&${query.toString()}`);
    const found = page.items.find((row) => row.number === number);
    if (found) return found;
    after = page.next;
  } while (after !== undefined);
  return undefined;
}

export function concernByNumber(placeId: string, number: number): Promise<ConcernRow | undefined> {
  return findNumber<ConcernRow>(placeId, `concerns?state=all&search=${number}`, number);
}
