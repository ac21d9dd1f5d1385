import { PaperClipOutlined } from '@ant-design/icons';

import type { PhotoView } from '../../../../src/http/contract-views.ts';
import { useSession } from '../data/session.ts';

/** Pictures as thumbnails that open whole, files by name. `of` says whose, for readers of the page by ear. */
export function Photos({ photos, of }: { photos: readonly PhotoView[]; of: string }) {
  const { placeId } = useSession();
  const addressOf = (photo: PhotoView) => `${photo.url}?place=${encodeURIComponent(placeId)}`;
  if (photos.length === 0) return null;
  return (
    <ul className="photos" aria-label={`${of}的照片和文件`}>
      {photos.map((photo, index) => (
        <li key={photo.url}>
          <a href={addressOf(photo)} target="_blank" rel="noreferrer">
            {photo.kind === 'image' ? (
              <img src={addressOf(photo)} alt={`${of}的照片${index + 1}`} loading="lazy" />
            ) : (
              <span className="photo-file">
                <PaperClipOutlined aria-hidden="true" /> <bdi>{photo.name ?? `文件${index + 1}`}</bdi>
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
