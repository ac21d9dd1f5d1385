import type { Photo } from '../components/read-photo.ts';

interface PhotoTrayProps {
  readonly photos: readonly Photo[];
  readonly onRemove: (index: number) => void;
}

/** Photos that will go along, each with its way out. */
export function PhotoTray({ photos, onRemove }: PhotoTrayProps) {
  if (photos.length === 0) return null;
  return (
    <ul className="tray" aria-label="要发的照片">
      {photos.map((photo, index) => (
        <li key={`${photo.name} ${String(index)}`}>
          <img src={`data:${photo.mime};base64,${photo.data}`} alt={photo.name} />
          <button type="button" aria-label={`去掉${photo.name}`} onClick={() => onRemove(index)}>
            去掉
          </button>
        </li>
      ))}
    </ul>
  );
}
