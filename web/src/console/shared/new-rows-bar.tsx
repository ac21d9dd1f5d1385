import { Button } from 'antd';

/** New rows wait here until they are asked for, so that nothing moves under the cursor. */
export function NewRowsBar({
  newCount,
  goneCount,
  onShow,
}: {
  newCount: number;
  goneCount: number;
  onShow: () => void;
}) {
  const words = newCount > 0 ? `有${newCount}条新的，点击显示` : `有${goneCount}条变了，点击更新`;
  return (
    <div role="status" className="new-rows">
      {(newCount > 0 || goneCount > 0) && (
        <Button className="new-rows-button" onClick={onShow}>
          {words}
        </Button>
      )}
    </div>
  );
}
