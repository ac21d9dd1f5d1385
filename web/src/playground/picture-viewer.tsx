import { useEffect, useRef } from 'react';

import type { Picture } from './bubble.tsx';

/** A picture in large. The browser's own dialog: Esc closes it, and focus goes back to where it was. */
export function PictureViewer({
  picture,
  onClose,
}: {
  readonly picture: Picture;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="viewer" aria-label="看大图" onClose={onClose}>
      <button type="button" onClick={() => dialog.current?.close()}>
        关上
      </button>
      <img src={picture.url} alt={picture.alt} />
    </dialog>
  );
}
