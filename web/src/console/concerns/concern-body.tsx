import type { ConcernDetail } from '../../../../src/http/contract-views.ts';
import { UserBlock, UserText } from '../../components/user-text.tsx';
import { useDates } from '../data/use-dates.ts';
import { Photos } from '../shared/photos.tsx';
import { PromiseTag } from './promise-tag.tsx';

/** What was said, by whom, where and when; nothing is hidden. */
export function ConcernBody({ concern }: { concern: ConcernDetail }) {
  const { moment } = useDates();
  return (
    <div className="concern-body">
      <p className="byline">
        <strong>
          <UserText>{concern.authorName}</UserText>
        </strong>
        <span>
          <UserText>{concern.groupName ?? '一对一说的'}</UserText>
        </span>
        <time dateTime={concern.raisedAt}>{moment(concern.raisedAt)}</time>
        {concern.enteredBy !== undefined && (
          <span>
            <UserText>{concern.enteredBy}</UserText>代录
          </span>
        )}
        <PromiseTag row={concern} />
      </p>
      <UserBlock>{concern.text}</UserBlock>
      {concern.original !== undefined && concern.original !== concern.text && (
        <details>
          <summary>看原话</summary>
          <UserBlock>{concern.original}</UserBlock>
        </details>
      )}
      <Photos photos={concern.attachments} of={`诉求#${concern.number}`} />
      {concern.supplements.map((supplement) => (
        <div key={`${supplement.at}${supplement.text}`} className="supplement">
          <p className="byline">
            <strong>
              <UserText>{supplement.name}</UserText>
            </strong>
            补充
            <time dateTime={supplement.at}>{moment(supplement.at)}</time>
          </p>
          {supplement.text !== '' && <UserBlock>{supplement.text}</UserBlock>}
          <Photos photos={supplement.photos} of="补充" />
        </div>
      ))}
    </div>
  );
}
