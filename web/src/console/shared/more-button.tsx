import { Button } from 'antd';

/** The next page of a list. */
export function MoreButton({ more }: { more: (() => void) | undefined }) {
  if (!more) return null;
  return (
    <Button block onClick={more} className="more">
      再看一些
    </Button>
  );
}
